namespace Keyway.Firmware;

/// <summary>The topics of one lock.</summary>
public sealed class Topics
{
    private const string Prefix = "keyway/v1/";

    /// <summary>Makes the topics of a lock.</summary>
    /// <param name="deviceId">Its id, lower case.</param>
    public Topics(string deviceId)
    {
        string device = Prefix + deviceId + "/";
        Create = device + "access_codes/create";
        ActionAttempts = device + "action_attempts";
        State = device + "access_codes/state/";
        Events = device + "events";
        Status = device + "status";
    }

    /// <summary>In: create an access code.</summary>
    public string Create { get; }

    /// <summary>Out: how commands ended.</summary>
    public string ActionAttempts { get; }

    /// <summary>Out, retained: to be followed by an access_code_id.</summary>
    public string State { get; }

    /// <summary>Out: what happened.</summary>
    public string Events { get; }

    /// <summary>Out, retained: birth and will.</summary>
    public string Status { get; }
}
