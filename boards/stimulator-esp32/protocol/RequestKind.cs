namespace Keyway.Boards.StimulatorProtocol;

/// <summary>What a host asks of the stimulator.</summary>
public enum RequestKind
{
    /// <summary>Nothing; no line was read yet.</summary>
    None = 0,

    /// <summary>Who is there? The greeting answers.</summary>
    Hello = 1,

    /// <summary>A key goes down, and up again after a time.</summary>
    Press = 2,

    /// <summary>A key goes up now.</summary>
    Release = 3,

    /// <summary>The lock's power.</summary>
    Power = 4,

    /// <summary>The door contact.</summary>
    Door = 5,
}
