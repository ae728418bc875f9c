// A lock and its model side by side: whatever happens to time and power happens to both. Life and
// Exchange use it.

using Keyway.Boards.Virtual;

namespace Keyway.Tests.Model;

/// <summary>One lock, and what is thought of it.</summary>
public sealed class Pair
{
    private const long SaveMs = 2200;
    private readonly Action<string>? _trace;
    private bool _isTimeUnsaved;

    /// <summary>Starts a new lock.</summary>
    /// <param name="shape">What it is.</param>
    /// <param name="trace">Receives every step; null: nobody listens.</param>
    public Pair(ModelShape shape, Action<string>? trace)
    {
        _trace = trace;
        Lock = new LockDriver(shape);
        Model = new LockModel(shape, Lock.Clock);
        if (shape.KnowsTime)
        {
            Lock.Clock.SetUtc(ModelTime.First);
        }

        PowerUp();
        Settle();
    }

    public LockDriver Lock { get; }

    public LockModel Model { get; }

    public VirtualClock Clock => Lock.Clock;

    /// <summary>What is going on, for whoever reads of a difference.</summary>
    public object Doing { get; private set; } = "start";

    /// <summary>Something begins.</summary>
    public void Begin(object doing)
    {
        Doing = doing;
        string at = Model.Time.IsKnown ? SpelledTime.InZ(Model.Time.Utc) : "?";
        _trace?.Invoke($"at {at}: {doing}");
    }

    /// <summary>Something is said.</summary>
    public void Note(string said) => _trace?.Invoke($"  {said}");

    /// <summary>The lock looks at its clock and its codes; so does the model.</summary>
    public void Rest()
    {
        Lock.Step();
        Model.Time.Look();
        Lock.Rest();
        Model.Pass(Lock.IsThere);
    }

    /// <summary>Nothing that is compared happens at the turn of a second.</summary>
    public void Align()
    {
        long phase = Model.Time.Phase;
        if (phase is < 20 or > 700)
        {
            Clock.Advance(phase < 20 ? 20 : 1020 - phase);
            Rest();
        }
    }

    /// <summary>The time or the clock has moved.</summary>
    public void Move()
    {
        _isTimeUnsaved = true;
        Rest();
    }

    /// <summary>The lock has stored what it believes: a cut may come.</summary>
    public void SaveTime()
    {
        if (_isTimeUnsaved)
        {
            Settle();
        }
    }

    /// <summary>The power goes and comes back; the lock is ready.</summary>
    /// <param name="knowsTime">The clock goes on meanwhile.</param>
    public void CutPower(bool knowsTime)
    {
        Lock.CutPower();
        Model.Time.Lose();
        if (!knowsTime)
        {
            Clock.ForgetUtc();
        }

        PowerUp();
    }

    private void PowerUp()
    {
        Lock.PowerUp();
        Model.Time.Look();
    }

    private void Settle()
    {
        Clock.Advance(SaveMs);
        Rest();
        _isTimeUnsaved = false;
    }
}
