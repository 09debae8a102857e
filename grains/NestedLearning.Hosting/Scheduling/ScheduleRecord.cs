using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>One schedule's state as this process knows it, and as the store has it. Not safe for concurrent use.</summary>
internal sealed class ScheduleRecord(ITierStore store, ScheduleAddress schedule)
{
    private readonly StateSlot _slot = new(store, StateKey.Schedule(schedule));

    /// <summary>The state; null when there is no such schedule.</summary>
    public ScheduleState? State { get; private set; }

    /// <summary>The state of a schedule that there is.</summary>
    /// <exception cref="UnknownScheduleException">There is none.</exception>
    public ScheduleState Known => State ?? throw new UnknownScheduleException(schedule);

    /// <summary>Whether the end of a run could not be saved.</summary>
    public bool IsUnsaved { get; private set; }

    public async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        ScheduleState? loaded = null;
        await _slot.LoadAsync(saved => loaded = ScheduleState.Load(saved.Span), cancellationToken);
        State = loaded;
        IsUnsaved = false;
    }

    /// <summary>Saves a state that follows from this one, which counts from then on.</summary>
    /// <exception cref="StoreException">It is not saved; on a conflict the state is the other owner's now.</exception>
    public async ValueTask SaveAsync(ScheduleState next, CancellationToken cancellationToken)
    {
        try
        {
            await _slot.SaveAsync(next.Save(), cancellationToken);
        }
        catch (StoreException error) when (error.Problem == StoreProblem.Conflict)
        {
            await LoadAsync(cancellationToken);
            throw;
        }

        State = next;
        IsUnsaved = false;
    }

    /// <summary>
    /// Takes a state for the one that counts, and tries to save it. A crash before it is saved makes the run that it ends
    /// one that was interrupted.
    /// </summary>
    public async ValueTask EndAsync(ScheduleState next)
    {
        State = next;
        IsUnsaved = true;
        try
        {
            await SaveAsync(next, CancellationToken.None);
        }
        catch (StoreException)
        {
            // Whoever looks next saves it, or hears why that is not possible.
        }
    }

    public async ValueTask DeleteAsync(CancellationToken cancellationToken)
    {
        await _slot.DeleteAsync(cancellationToken);
        State = null;
        IsUnsaved = false;
    }
}
