// An outbox over a lock's tables and a broker that acknowledges when the test says so.

using Keyway.Boards.Virtual;
using Keyway.Firmware;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>What an outbox needs around it.</summary>
internal sealed class OutboxBoard
{
    internal OutboxBoard()
    {
        Outbox = NewOutbox();
        Broker.BeginConnect("will", new byte[0]);
    }

    internal TestBook Shelf { get; } = new();

    internal LoopbackSession Broker { get; } = new() { AutoAcknowledge = false };

    internal Outbox Outbox { get; private set; }

    /// <summary>An outbox that has sent nothing yet.</summary>
    internal Outbox NewOutbox() => new(Broker, Shelf.Json, Shelf.Log, Shelf.Book,
        Shelf.Attempts, Shelf.Events, Shelf.State, new Topics("d"), Shelf.Answers,
        new AccessCode());

    /// <summary>Events that go to an outbox.</summary>
    internal EventLog EventsOver(Outbox outbox) => new(
        Shelf.Log, Shelf.Events, Shelf.State, outbox, Shelf.Time, new SeededRandom(1),
        new byte[Frame.SizeBytes]);

    /// <summary>Sends what is not kept.</summary>
    internal void Send(string topic)
    {
        Shelf.Json.Reset();
        Shelf.Json.Number(5);
        Outbox.Send(topic);
    }

    /// <summary>Stores answers of attempts with these numbers.</summary>
    internal void AppendAttempts(int from, int to)
    {
        for (int i = from; i <= to; i++)
        {
            Shelf.Append(TestBook.Attempt(i));
        }
    }

    /// <summary>Takes acknowledgements and sends what is next, as Link does.</summary>
    internal void Step(int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            while (Broker.TryTakeAcknowledged(out int ticket))
            {
                Outbox.Acknowledged(ticket);
            }

            Outbox.Step();
        }
    }

    /// <summary>The broker has one of those under way, and the outbox learns it.</summary>
    internal void Acknowledge(int index)
    {
        Assert.IsTrue(Broker.Acknowledge(Broker.Unacknowledged(index)));
        Step(1);
    }

    /// <summary>What went out: a and the attempt's number, e and the event's sequence, or the
    /// topic.</summary>
    internal string Sent()
    {
        string sent = "";
        for (int i = 0; i < Broker.PublishedCount; i++)
        {
            string topic = Broker.Published(i).Topic;
            string text = TestJson.Text(Broker.Published(i).Payload);
            sent += (i == 0 ? "" : " ") + (topic.EndsWith("/action_attempts")
                ? "a" + NumberAt(text, text.IndexOf("-8000-") + 6)
                : topic.EndsWith("/events")
                    ? "e" + NumberAt(text, text.IndexOf("'sequence':") + 11) : topic);
        }

        return sent;
    }

    private static int NumberAt(string text, int position)
    {
        char[] digits = text.Substring(position).ToCharArray();
        int number = 0;
        for (int i = 0; digits[i] >= '0' && digits[i] <= '9'; i++)
        {
            number = number * 10 + digits[i] - '0';
        }

        return number;
    }
}
