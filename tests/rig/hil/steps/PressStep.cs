using Keyway.Boards.StimulatorProtocol;

namespace Keyway.Tests.Rig;

/// <summary>Presses keys, one after another: digits, * clears, # enters.</summary>
internal sealed record PressStep(string Keys, int HoldMs, int GapMs) : IStep
{
    /// <inheritdoc/>
    public string Says => $"press {Keys}";

    /// <summary>Reads one.</summary>
    public static PressStep Read(StepFields fields, HashSet<string> known)
    {
        string keys = fields.Characters("press", ProtocolLimits.Keys);
        long hold = fields.Ms("hold", "60ms");
        return hold > ProtocolLimits.HoldMaxMs
            ? throw fields.Wrong(
                $"hold: at most {Duration.Write(ProtocolLimits.HoldMaxMs)}")
            : new PressStep(keys, (int)hold, (int)fields.Ms("gap", "60ms"));
    }

    /// <inheritdoc/>
    public Task PlayAsync(Play play, CancellationToken cancel) => play.PressAsync(this, cancel);
}
