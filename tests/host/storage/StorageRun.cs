// One run of a scenario: operations, power cuts, recoveries, and the model's judgement after each.
// PowerCutSweep makes the scenarios.

using Keyway.Boards.Virtual;
using Keyway.Firmware;

namespace Keyway.Tests.Host.Storage;

/// <summary>Runs a workload over one chip through all its power cuts.</summary>
public sealed class StorageRun
{
    private readonly Scenario _scenario;
    private readonly StorageFactory _factory;
    private readonly StorageShape _shape;
    private readonly VirtualClock _clock = new();
    private readonly W25qChip _chip;
    private readonly Operation[] _operations;
    private readonly SeededRandom _random;
    private readonly AccessCode _code = new();
    private readonly byte[] _frame = new byte[Frame.SizeBytes];
    private StorageLife _life = null!;
    private int _next;
    private int _cuts;
    private Cut? _cut;
    private int _cutAt;

    public StorageRun(Scenario scenario, StorageFactory factory)
    {
        _scenario = scenario;
        _factory = factory;
        _operations = StorageWorkload.Make(scenario.Seed, scenario.Creates, scenario.Mixed);
        _shape = new StorageShape(scenario.Sectors, _operations.Length + 1);
        _chip = _shape.NewChip(_clock);
        _random = new SeededRandom(~scenario.Seed);
    }

    public StorageModel Model { get; } = new();

    /// <summary>Device steps from the last power-up to the end.</summary>
    public int DeviceSteps { get; private set; }

    /// <summary>Power cuts that happened.</summary>
    public int CutsDone { get; private set; }

    public W25qChip Chip => _chip;

    /// <summary>Runs to the end, then power-cycles and judges twice more.</summary>
    /// <exception cref="StorageViolation">A promise is broken.</exception>
    public void Run()
    {
        ArmNextCut();
        bool isOver = false;
        while (!isOver)
        {
            int stepsBefore = _chip.DeviceSteps;
            try
            {
                Recover();
                RunOperations();
                DeviceSteps = _chip.DeviceSteps - stepsBefore;
                _cut = null;
                _chip.CutPowerAt(0, PowerCut.Before, 0);
                isOver = true;
            }
            catch (PowerCutException)
            {
                CutsDone++;
                _cut = null;
                _chip.RestorePower();
                ArmNextCut();
            }
        }

        for (int i = 0; i < 2; i++)
        {
            PowerCycle();
        }
    }

    private void ArmNextCut()
    {
        if (_cuts < _scenario.Cuts.Length)
        {
            _cut = _scenario.Cuts[_cuts++];
            _cutAt = _chip.DeviceSteps + _cut.Step;
            _chip.CutPowerAt(_cut.Step, _cut.Model, _cut.Seed);
        }
    }

    private void Recover()
    {
        _life = _factory(_chip, _clock, _shape);
        StorageStatus status = _life.Mount();
        if (status != StorageStatus.Ok && status != StorageStatus.NotReady
            && status != StorageStatus.Full)
        {
            throw new StorageViolation($"mount ends with {status}");
        }

        _life.Load(_clock, _random.Next(2) == 0);
        Model.Judge(_life);
        if (CutsDone > 0 && _random.Next(4) == 0)
        {
            // What was seen once must be seen again.
            PowerCycle();
        }
    }

    private void PowerCycle()
    {
        _chip.LosePower(_random.Next(int.MaxValue));
        _chip.RestorePower();
        if (_cut != null)
        {
            // Powering up has disarmed it.
            _chip.CutPowerAt(_cutAt - _chip.DeviceSteps, _cut.Model, _cut.Seed);
        }

        Recover();
    }

    private void RunOperations()
    {
        while (_next < _operations.Length)
        {
            Operation operation = _operations[_next++];
            switch (operation.Kind)
            {
                case OperationKind.Idle:
                    for (int i = 0; i < operation.Slices; i++)
                    {
                        _life.Idle(_clock);
                    }

                    break;
                case OperationKind.PowerCycle:
                    PowerCycle();
                    break;
                case OperationKind.Repeat:
                    Store(_operations[operation.Number]);
                    break;
                default:
                    Store(operation);
                    break;
            }
        }
    }

    // As CommandDesk does: what has an answer is answered from it, the rest is stored.
    private void Store(Operation operation)
    {
        if (operation.Kind != OperationKind.Create && operation.Kind != OperationKind.Refuse)
        {
            return;
        }

        _life.IdleUntilReady(_clock);
        StorageStatus status = _life.Attempts.Find(operation.AttemptId, _frame, out bool isFound);
        if (status != StorageStatus.Ok || isFound != Model.IsStored(operation))
        {
            throw new StorageViolation($"{operation}: attempt {status}, found: {isFound}");
        }

        if (isFound)
        {
            return;
        }

        Model.Begin(operation);
        status = Append(operation);
        if (status != StorageStatus.Ok && status != StorageStatus.Full)
        {
            throw new StorageViolation($"{operation} ends with {status}");
        }

        Model.End(status == StorageStatus.Ok);
    }

    private StorageStatus Append(Operation operation)
    {
        uint serial = _life.Attempts.Window.Next;
        int location;
        StorageStatus status;
        if (operation.Kind == OperationKind.Create)
        {
            operation.Fill(_code, _life.DeviceSecret, serial);
            status = _life.Book.Add(_code, out location);
        }
        else
        {
            operation.FillAnswer(_frame, serial);
            status = _life.Log.Append(_frame, 1, out location);
        }

        if (status == StorageStatus.Ok)
        {
            byte[] stored = operation.Kind == OperationKind.Create ? _code.Bytes : _frame;
            _life.Attempts.Add(stored, location);
        }

        return status;
    }
}
