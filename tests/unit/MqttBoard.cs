using System;
using System.Text;
using Keyway.Boards.Mqtt;
using Keyway.Boards.Virtual;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

/// <summary>A session over a scripted stream, and the packets that a broker sends.</summary>
public sealed class MqttBoard
{
    /// <summary>The longest payload that the session wants.</summary>
    public const int PayloadMax = 64;

    /// <summary>Begins to connect; the stream is not open yet.</summary>
    public MqttBoard(string user, string password)
    {
        Session = new MqttSession(Stream, Clock, "me", user, password, PayloadMax);
        Session.BeginConnect("w", new byte[] { 7, 8 });
    }

    /// <summary>The other end.</summary>
    public ScriptedStream Stream { get; } = new();

    /// <summary>The time.</summary>
    public VirtualClock Clock { get; } = new();

    /// <summary>Under test.</summary>
    public MqttSession Session { get; }

    /// <summary>Connected and subscribed; nothing of it in what was sent.</summary>
    public static MqttBoard Open()
    {
        MqttBoard board = Greeted();
        Assert.IsTrue(board.Session.Subscribe(new string[] { "t" }));
        board.Receive(0x90, 3, 0xFF, 0xFF, 1);
        board.Stream.ForgetSent();
        return board;
    }

    /// <summary>The broker has accepted the connection.</summary>
    public static MqttBoard Greeted()
    {
        MqttBoard board = new MqttBoard(null, null);
        board.Stream.State = MqttSessionState.Connected;
        board.Session.Step();
        board.Receive(0x20, 2, 0, 0);
        board.Stream.ForgetSent();
        return board;
    }

    /// <summary>The broker sends; the session takes a step.</summary>
    public void Receive(params byte[] packet)
    {
        Stream.Arrive(packet);
        Session.Step();
    }

    /// <summary>The broker sends a message at QoS 1 on the topic t.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="payloadCount">Bytes of its payload, 0, 1, 2 and so on.</param>
    public void ReceiveMessage(byte id, int payloadCount)
    {
        int count = 5 + payloadCount;
        Stream.Arrive(0x32, (byte)(0x80 | (count & 0x7F)), (byte)(count >> 7), 0, 1, (byte)'t', 0,
            id);
        for (int i = 0; i < payloadCount; i++)
        {
            Stream.Arrive((byte)i);
        }

        Session.Step();
    }

    /// <summary>Publishes on the topic t.</summary>
    /// <returns>The ticket.</returns>
    public int Publish(params byte[] payload)
    {
        byte[] buffer = new byte[MqttMessage.HeadroomBytes + payload.Length];
        Array.Copy(payload, 0, buffer, MqttMessage.HeadroomBytes, payload.Length);
        return Session.Publish("t", buffer, MqttMessage.HeadroomBytes, payload.Length, false);
    }

    /// <summary>Exactly these bytes were sent.</summary>
    public void CheckSent(params byte[] expected)
    {
        Assert.AreEqual(expected.Length, Stream.SentCount);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], Stream.Sent(i));
        }

        Stream.ForgetSent();
    }

    /// <summary>The session stands there.</summary>
    public void CheckState(MqttSessionState state) =>
        Assert.AreEqual((int)state, (int)Session.State);

    /// <summary>ASCII as bytes, behind their count in two bytes.</summary>
    public static byte[] Text(string text)
    {
        byte[] bytes = new byte[2 + text.Length];
        bytes[1] = (byte)text.Length;
        Encoding.UTF8.GetBytes(text, 0, text.Length, bytes, 2);
        return bytes;
    }
}
