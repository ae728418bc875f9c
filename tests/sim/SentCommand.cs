using System.Text;
using System.Text.Json;
using Keyway.Tests.Model;

namespace Keyway.Tests.Sim;

/// <summary>A command, and what has become of it.</summary>
/// <param name="Attempt">Its action_attempt_id.</param>
/// <param name="Word">Its topic behind the device's.</param>
/// <param name="Json">Its payload.</param>
public sealed record SentCommand(string Attempt, string Word, string Json)
{
    /// <summary>The code that it is about; null: none.</summary>
    public KnownCode? Code { get; init; }

    /// <summary>What makes of the code what the command asks for.</summary>
    public Func<CodeVersion?, CodeVersion?> Effect { get; init; } = version => version;

    /// <summary>Told of the answer and its error, if any; null: its effect is all.</summary>
    public Action<JsonElement, string?>? Learned { get; init; }

    /// <summary>It must not succeed.</summary>
    public bool IsBad { get; init; }

    /// <summary>A door command's expires_at in unix seconds.</summary>
    public long Expires { get; init; }

    /// <summary>It opens the door.</summary>
    public bool IsUnlock { get; init; }

    /// <summary>It changes nothing, and is answered anew each time.</summary>
    public bool IsQuestion => Word is Words.Get or Words.List;

    /// <summary>The id that a get asks for; null: it is none.</summary>
    public string? About { get; init; }

    /// <summary>The lock makes digits and may tell them.</summary>
    public bool MayTell { get; init; }

    /// <summary>The lock may have seen it.</summary>
    public bool IsDelivered { get; set; }

    /// <summary>When it was delivered first.</summary>
    public long DeliveredMs { get; set; }

    /// <summary>How often the lock's time had changed by then.</summary>
    public int TimeChanges { get; set; }

    /// <summary>What the lock has answered; null: nothing yet.</summary>
    public string? Answer { get; set; }

    /// <summary>The answer is a success.</summary>
    public bool HasSucceeded { get; set; }

    /// <summary>The flash failed, and the lock said so: after a start it may try again.</summary>
    public bool HasFailed { get; set; }

    /// <summary>The answer has reached the sender.</summary>
    public bool IsLearned { get; set; }

    /// <summary>Its number among all that were sent.</summary>
    public int Number { get; init; }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Json);
}
