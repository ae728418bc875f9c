using System.Text;
using System.Text.Json.Nodes;
using Keyway.Firmware;

namespace Keyway.Tests.Rig.Gateway;

/// <summary>What an update makes of a code; the same members as the lock's.</summary>
internal static class CodeChanges
{
    /// <summary>The code after an update.</summary>
    /// <param name="code">Before it.</param>
    /// <param name="changes">The members that change, as JSON; null changes nothing.</param>
    /// <param name="vault">Seals new digits.</param>
    public static Code Apply(Code code, string? changes, DigitsVault vault)
    {
        if (changes == null)
        {
            return code;
        }

        JsonObject members = JsonNode.Parse(changes)!.AsObject();
        Code after = code;
        if (Text(members, "code") is { } digits)
        {
            after = after with
            {
                SealedDigits = vault.Seal(digits),
                DigitsMac = vault.MarkDigits(code.DeviceId, digits),
            };
        }

        if (Text(members, "type") == "ongoing")
        {
            after = after with { StartsAt = null, EndsAt = null };
        }
        else
        {
            after = after with
            {
                StartsAt = Seconds(members, "starts_at") ?? code.StartsAt,
                EndsAt = Seconds(members, "ends_at") ?? code.EndsAt,
            };
        }

        return after with
        {
            Name = Text(members, "name") ?? code.Name,
            CommonCodeKey = Text(members, "common_code_key") ?? code.CommonCodeKey,
            Options = OptionsOf(members, after),
        };
    }

    /// <summary>The firmware's options for members of a command.</summary>
    /// <param name="members">Of create or update.</param>
    /// <param name="code">As it is; its options stay where no member names them.</param>
    public static CodeOptions OptionsOf(JsonObject members, Code code)
    {
        CodeOptions options = code.Options;
        Set(ref options, CodeOptions.ExternalModification,
            Flag(members, "is_external_modification_allowed")
                ?? Flag(members, "allow_external_modification"));
        Set(ref options, CodeOptions.OneTime, Flag(members, "is_one_time_use"));
        Set(ref options, CodeOptions.UsesPool, Flag(members, "use_backup_access_code_pool"));
        Set(ref options, CodeOptions.Duress, Flag(members, "keyway_duress"));
        Set(ref options, CodeOptions.Deferred, !Flag(members, "prefer_native_scheduling"));
        if (code.EndsAt == null)
        {
            options &= ~CodeOptions.Deferred;
        }

        return options;
    }

    /// <summary>A time member in unix seconds; null when absent.</summary>
    public static long? Seconds(JsonObject members, string name)
    {
        byte[] text = Encoding.UTF8.GetBytes(Text(members, name) ?? "");
        return Iso8601.TryRead(text, 0, text.Length, out long seconds) ? seconds : null;
    }

    private static string? Text(JsonObject members, string name) =>
        members[name]?.GetValue<string>();

    private static bool? Flag(JsonObject members, string name) =>
        members[name]?.GetValue<bool>();

    private static void Set(ref CodeOptions options, CodeOptions bit, bool? isSet)
    {
        options = isSet == null ? options : isSet.Value ? options | bit : options & ~bit;
    }
}
