namespace Keyway.Boards.StimulatorProtocol;

/// <summary>What the stimulator tells the host.</summary>
public enum ReportKind
{
    /// <summary>Nothing; no line was read yet.</summary>
    None = 0,

    /// <summary>Here is a stimulator; sent at its start and after hello.</summary>
    Greeting = 1,

    /// <summary>A request was carried out.</summary>
    Done = 2,

    /// <summary>The time of a press is over, the key is up.</summary>
    Released = 3,

    /// <summary>The strike was energized or released; also how it is, after a greeting.</summary>
    Strike = 4,

    /// <summary>A line was not taken.</summary>
    Error = 5,
}
