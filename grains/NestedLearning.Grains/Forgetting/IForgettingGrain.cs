using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>
/// Takes tenants out of a model: out of their memories, and then out of the shared levels. What a crash cut short it finishes by itself.
/// Its key is the model as in keys of grains.
/// </summary>
[Alias("nl.IForgettingGrain")]
internal interface IForgettingGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes a tenant out. Answers with what was removed, a <see cref="NestedLearning.Tiers.ForgetDocument"/> as JSON, or with nothing after
    /// a while; who asks again joins what is under way.
    /// </summary>
    /// <exception cref="NestedLearning.Tiers.NotForgettableException">A level cannot be without it; nothing was removed.</exception>
    [Alias("Forget")]
    ValueTask<Payload?> ForgetAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Answers where the memory of a tenant may be opened, and goes on with taking the tenant out where it may not yet.</summary>
    /// <exception cref="NestedLearning.Tiers.BusyException">It is being forgotten; the same call, a little later, finds that done.</exception>
    [Alias("Admit")]
    ValueTask AdmitAsync(string tenant, CancellationToken cancellationToken);

    /// <summary>Goes on with what was cut short. Nobody waits for it.</summary>
    [Alias("Finish"), OneWay]
    ValueTask FinishAsync();

    /// <summary>The model is deleted: stops, and writes nothing any more once it is answered.</summary>
    [Alias("End")]
    ValueTask EndAsync(CancellationToken cancellationToken);
}
