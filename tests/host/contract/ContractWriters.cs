using Keyway.Firmware;

namespace Keyway.Tests.Host;

/// <summary>Every refusal and every event that the firmware's writers know, also those that no
/// scenario brings about.</summary>
internal static class ContractWriters
{
    private const uint OccurredAt = 1795514400;
    private static readonly Topics Topics = new(ContractLock.DeviceId);

    /// <summary>Each refusal of each command.</summary>
    public static void Refusals(SeenPayloads seen)
    {
        var json = new JsonWriter(Limits.PublishBytes);
        var writer = new AnswerWriter(json, null!, null!);
        var command = new Command();
        foreach (CommandAction action in Enum.GetValues<CommandAction>())
        {
            foreach (Refusal refusal in Enum.GetValues<Refusal>().Where(IsRefusal))
            {
                command.Clear();
                command.Action = action;
                Refuse(command, refusal);
                bool isAnswer = action is CommandAction.Get or CommandAction.List
                    or CommandAction.PullBackup;
                writer.FromRefusal(command);
                seen.Add(isAnswer ? Topics.Answers : Topics.AnswersTo((int)action),
                    json.ToArray(), false);
            }
        }
    }

    /// <summary>Each event, with each of its reasons, with and without a time.</summary>
    public static void Events(SeenPayloads seen)
    {
        var json = new JsonWriter(Limits.PublishBytes);
        foreach (EventKind kind in Enum.GetValues<EventKind>())
        {
            foreach (byte reason in ReasonsOf(kind))
            {
                for (ushort number = 0; number <= 1; number++)
                {
                    EventWriter.Write(json, Topics, EventFrame(kind, reason, number));
                    seen.Add(Topics.Events, json.ToArray(), false);
                }
            }
        }
    }

    private static bool IsRefusal(Refusal refusal) => refusal != Refusal.None;

    private static void Refuse(Command command, Refusal refusal)
    {
        if (refusal == Refusal.NotJson)
        {
            command.RefuseJson(CommandMember.Payload, JsonError.DuplicateMember, 7);
        }
        else
        {
            command.Refuse(CommandMember.Code, refusal);
        }
    }

    private static byte[] EventFrame(EventKind kind, byte reason, ushort number)
    {
        var frame = new byte[Frame.SizeBytes];
        Uuid.TryRead(ContractLock.Id(1), frame, Frame.AttemptId);
        Uuid.TryRead(ContractLock.Id(2), frame, Frame.AccessCodeId);
        Frame.PutUInt32(frame, Frame.OccurredAt, number * OccurredAt);
        Frame.PutUInt32(frame, Frame.Serial, uint.MaxValue);
        Frame.PutUInt16(frame, Frame.EventNumber, number);
        frame[Frame.Action] = (byte)kind;
        frame[Frame.Reason] = reason;
        return frame;
    }

    private static IEnumerable<byte> ReasonsOf(EventKind kind) => kind switch
    {
        EventKind.Entry => Enum.GetValues<CodeMatch>().Select(match => (byte)match),
        EventKind.CommandRefused => Enum.GetValues<Refusal>().Where(IsRefusal)
            .Select(refusal => (byte)refusal),
        EventKind.StorageTrouble => Enum.GetValues<StorageStatus>()
            .Select(status => (byte)status),
        EventKind.CodeChanged => Enum.GetValues<CodeChange>().Select(change => (byte)change),
        _ => [0],
    };
}
