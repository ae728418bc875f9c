// One run of a scenario: operations, power cuts, recoveries, and the oracle's judgement after each.
// PowerCutSweep makes the scenarios.

using Keyway.Boards.Virtual;
using Keyway.Firmware;

namespace Keyway.Tests.Sweep;

/// <summary>Runs a workload over one chip through all its power cuts.</summary>
public sealed class StorageRun
{
    private const int OperationsAfter = 8;
    private readonly Scenario _scenario;
    private readonly StorageShape _shape;
    private readonly VirtualClock _clock = new();
    private readonly W25qChip _chip;
    private readonly Operation[] _operations;
    private readonly Operation[] _after;
    private readonly SeededRandom _random;
    private readonly StorageModel _model;
    private readonly Performer _performer;
    private int _next;
    private int _cuts;
    private Cut? _cut;
    private int _cutAt;

    /// <summary>Prepares a run.</summary>
    /// <param name="scenario">What happens.</param>
    /// <param name="without">The protection that is switched off.</param>
    public StorageRun(Scenario scenario, Protection without)
    {
        AgedImage aged = AgedImages.Of(
            scenario.Sectors, scenario.Age, scenario.AgeSeed, without);
        _scenario = scenario;
        _model = aged.Model.Clone();
        Oracle = new Oracle(_model);
        _performer = new Performer(_model, Oracle);
        _operations = StorageWorkload.Make(
            scenario.Seed, aged.NextNumber, scenario.Count, scenario.Seed % 4 == 3);
        _after = StorageWorkload.Make(
            ~scenario.Seed, aged.NextNumber + scenario.Count, OperationsAfter, false);
        _shape = AgedImages.ShapeOf(scenario.Sectors, without);
        _chip = _shape.NewChip(_clock, [.. aged.Image]);
        _random = new SeededRandom(~scenario.Seed);
    }

    public Oracle Oracle { get; }

    /// <summary>Device steps from the last power-up to the end of the operations.</summary>
    public int DeviceSteps { get; private set; }

    /// <summary>Power cuts that happened.</summary>
    public List<PowerCut> CutsDone { get; } = [];

    /// <summary>Runs to the end; then twice more: power cycle, judgement, operations.</summary>
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
                Pending? pending = _model.InFlight;
                Recover();
                GoOn(pending);
                DeviceSteps = _chip.DeviceSteps - stepsBefore;
                _cut = null;
                _chip.CutPowerAt(0, PowerCut.Before, 0);
                isOver = true;
            }
            catch (PowerCutException)
            {
                CutsDone.Add(_cut!.Model);
                _cut = null;
                _chip.RestorePower();
                ArmNextCut();
            }
        }

        PowerCycle();
        for (int i = 0; i < _after.Length; i++)
        {
            Do(_after[i]);
        }

        PowerCycle();
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
        var life = new StorageLife(_chip, _clock, _shape);
        StorageStatus status = life.Mount();
        StorageViolation.Require(
            status == StorageStatus.Ok, ViolationKind.Lost, $"mount ends with {status}");
        life.Load();
        _performer.Life = life;
        Oracle.Judge(life);
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

    private void GoOn(Pending? pending)
    {
        if (CutsDone.Count > 0 && _random.Next(4) == 0)
        {
            // What was seen once must be seen again.
            PowerCycle();
        }

        if (pending != null && StorageModel.IsCommand(pending.Operation.Kind)
            && _random.Next(2) == 0)
        {
            _performer.Again(pending);
        }

        while (_next < _operations.Length)
        {
            Do(_operations[_next++]);
        }
    }

    private void Do(Operation operation)
    {
        if (operation.Kind == OperationKind.PowerCycle)
        {
            PowerCycle();
        }
        else
        {
            _performer.Do(operation);
        }
    }
}
