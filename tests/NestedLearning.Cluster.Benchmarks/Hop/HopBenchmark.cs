using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NestedLearning.Grains;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>
/// What the way between two tiers costs over a bare call of Orleans with the same bytes: filters, retries, typed payloads and
/// parts, without what the level does with the bytes. The two are measured in turns, each in a pair of silos of its own, so
/// that the bare calls pass no filter.
/// </summary>
internal sealed class HopBenchmark(SiloPair bare, SiloPair tiers)
{
    private static readonly (int Bytes, int Calls)[] Sizes = [(100, 5_000), (100 * 1024, 2_000), (10 * 1024 * 1024, 100)];

    private readonly TierSiloOptions _options = new();

    public static async Task RunAsync(int percent)
    {
        Console.WriteLine("| between silos | bytes | bare call | tier hop | ratio |");
        Console.WriteLine("|---|---|---|---|---|");
        await RunAsync("TCP", SiloPair.StartOverTcpAsync, percent);
        await RunAsync("memory", SiloPair.StartInMemoryAsync, percent);
    }

    private static async Task RunAsync(string transport, Func<Action<ISiloBuilder>, Task<SiloPair>> start, int percent)
    {
        await using SiloPair bare = await start(silo => silo.AddMemoryGrainStorageAsDefault());
        await using SiloPair tiers = await start(silo => silo.AddMemoryGrainStorage(TierStorage.ProviderName).AddNestedLearning());
        HopBenchmark benchmark = new(bare, tiers);
        foreach ((int bytes, int calls) in Sizes)
        {
            await benchmark.CompareUpAsync(transport, bytes, calls * percent / 100);
            await benchmark.CompareDownAsync(transport, bytes, calls * percent / 100);
        }
    }

    private async Task CompareUpAsync(string transport, int bytes, int calls)
    {
        byte[] payload = new byte[bytes];
        Random.Shared.NextBytes(payload);
        await Bare(bare.Owner, bytes).TakeAsync(payload); // The grains are where they were called first.
        await Level(tiers.Owner, bytes).OfferAsync(-1, default);
        await bare.CheckIsWithOwnerAsync(Bare(bare.Owner, bytes));
        await tiers.CheckIsWithOwnerAsync(Level(tiers.Owner, bytes));
        IBareGrain grain = Bare(bare.Caller, bytes);
        UpdateUpload upload = new(Level(tiers.Caller, bytes), _options, tiers.Caller.GetRequiredService<TierCalls>());
        await InTurnsAsync(
            $"{transport}, up",
            bytes,
            calls,
            async () => await grain.TakeAsync(payload),
            async () => (int)(await upload.SendAsync(payload, default)).Marks!.Value.AppliedThrough);
    }

    private async Task CompareDownAsync(string transport, int bytes, int calls)
    {
        IBareGrain grain = Bare(bare.Caller, bytes);
        VersionDownload download = new(Level(tiers.Caller, bytes), _options, tiers.Caller.GetRequiredService<TierCalls>());
        await InTurnsAsync(
            $"{transport}, down",
            bytes,
            calls,
            async () => (await grain.GiveAsync()).Length,
            async () => (await download.FetchAsync(-1, default)).Sum(frame => frame.Length));
    }

    private static async Task InTurnsAsync(string way, int bytes, int calls, Func<ValueTask<int>> bareCall, Func<ValueTask<int>> tierHop)
    {
        Latencies bareTimes = new();
        Latencies tierTimes = new();
        for (int i = -calls / 5; i < calls; i++)
        {
            // Whichever goes second finds the caches warm and the garbage of the first: they change places.
            bool isBareFirst = i % 2 == 0;
            Latencies warmUp = new();
            await MeasureAsync(isBareFirst ? bareCall : tierHop, i < 0 ? warmUp : isBareFirst ? bareTimes : tierTimes);
            await MeasureAsync(isBareFirst ? tierHop : bareCall, i < 0 ? warmUp : isBareFirst ? tierTimes : bareTimes);
        }

        (double bare, double tier) = (bareTimes.Median.TotalMicroseconds, tierTimes.Median.TotalMicroseconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {way} | {bytes:N0} | {bare:N0} µs | {tier:N0} µs | {tier / bare:F2} |"));

        async Task MeasureAsync(Func<ValueTask<int>> call, Latencies times)
        {
            int arrived = await times.MeasureAsync(call);
            if (arrived != bytes)
            {
                throw new InvalidOperationException($"{arrived} bytes arrived, expected are {bytes}.");
            }
        }
    }

    private static IBareGrain Bare(IServiceProvider silo, int bytes) =>
        silo.GetRequiredService<IGrainFactory>().GetGrain<IBareGrain>(bytes);

    private static IConsolidatorGrain Level(IServiceProvider silo, int bytes) =>
        silo.GetRequiredService<IGrainFactory>().GetGrain<IConsolidatorGrain>(
            GrainId.Create(HopLevelGrain.TypeName, bytes.ToString(CultureInfo.InvariantCulture)));
}
