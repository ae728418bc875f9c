// Very many operations without a power cut. Tests and the bench run it.

using Keyway.Boards.Virtual;
using Keyway.Firmware;

namespace Keyway.Tests.Sweep;

/// <summary>Wears a ring out evenly, and checks that nothing of it is lost.</summary>
public sealed class Endurance
{
    private const int Chunk = 10_000;
    private const int IdleSlices = 4;
    private readonly VirtualClock _clock = new();
    private readonly StorageShape _shape;
    private readonly W25qChip _chip;
    private readonly StorageModel _model;
    private readonly Oracle _oracle;
    private readonly Performer _performer;

    /// <summary>A blank ring.</summary>
    public Endurance(int sectors, int capacity)
    {
        _shape = new StorageShape(sectors, capacity);
        _chip = _shape.NewChip(_clock);
        _model = new StorageModel { Remembered = Limits.Remembered(capacity) };
        _oracle = new Oracle(_model);
        _performer = new Performer(_model, _oracle);
    }

    /// <summary>Operations done.</summary>
    public int Done { get; private set; }

    /// <summary>Appends done; some operations are only idle time.</summary>
    public int Appends => _performer.Appends;

    /// <summary>Operations during which an erase began.</summary>
    public int ErasesInside { get; private set; }

    /// <summary>Operations that found no place and had to wait.</summary>
    public int Waits { get; private set; }

    /// <summary>Erases of the sector that was erased least.</summary>
    public int WearMin => _chip.Counters.SectorErases.Skip(1).Min();

    /// <summary>Erases of the sector that was erased most.</summary>
    public int WearMax => _chip.Counters.SectorErases.Skip(1).Max();

    /// <summary>Goes on.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="progress">Called now and then.</param>
    /// <exception cref="StorageViolation">Something is lost.</exception>
    public void Run(int operations, Action progress)
    {
        int end = Done + operations;
        while (Done < end)
        {
            Start();
            int count = Math.Min(Chunk, end - Done);
            foreach (Operation operation in StorageWorkload.Make(Done, Done, count, false))
            {
                if (operation.Kind != OperationKind.PowerCycle)
                {
                    Do(operation);
                }
            }

            Done += count;
            progress();
        }

        Start();
    }

    // A quiet restart in between: what RAM knows must be what flash holds.
    private void Start()
    {
        var life = new StorageLife(_chip, _clock, _shape);
        StorageViolation.Require(
            life.Mount() == StorageStatus.Ok, ViolationKind.Lost, "mount");
        life.Load();
        _oracle.Judge(life);
        _performer.Life = life;
        life.Settle(_model.Utc);
    }

    private void Do(Operation operation)
    {
        StorageLife life = _performer.Life;
        Waits += life.Log.IsReady ? 0 : 1;
        long erases = _chip.Counters.Erases;
        _performer.Do(operation);
        ErasesInside += operation.Kind != OperationKind.Idle && _chip.Counters.Erases > erases
            ? 1 : 0;
        for (int i = 0; i < IdleSlices; i++)
        {
            life.Idle(_model.Utc);
        }
    }
}
