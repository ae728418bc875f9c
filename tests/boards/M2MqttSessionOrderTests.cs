using System;
using System.Collections.Generic;
using Keyway.Boards.Virtual;
using Keyway.Hal;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Keyway.Tests.Boards;

/// <summary>Threads of the session, of the client and the agent's lose their turn at random, while
/// what can go wrong does. What must hold whatever the order is checked at each step.</summary>
[TestClass]
public sealed class M2MqttSessionOrderTests
{
    private const int Seeds = 300;
    private const int Steps = 80;
    private const int Publishes = 20;

    [TestMethod]
    public void In_any_order_of_threads_a_ticket_comes_back_once_and_one_client_is_open()
    {
        for (int seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                Run(seed);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {e.Message}", e);
            }
        }
    }

    private static void Run(int seed)
    {
        using SessionUnderTest test = new(seed: seed);
        SeededRandom random = new(seed);
        HashSet<int> waiting = [];
        for (int step = 0; step < Steps; step++)
        {
            Act(test, random, waiting);
            test.Controller.RunFor(random.Next(600));
            Take(test, waiting);
        }

        test.Broker.OnTold = null;
        test.Broker.OnRequest = null;
        test.Broker.OnReceive = null;
        test.Broker.Acknowledges = true;
        test.Controller.RunFor(20_000);
        Take(test, waiting);
        test.Session.Close();
        test.AssertRecovers();
        Assert.AreEqual(1, test.Broker.MostClients);
        test.Broker.AcknowledgeMs = 0;
        for (int i = 0; i < Publishes; i++)
        {
            int ticket = test.Publish("one");
            Assert.AreNotEqual(0, ticket);
            Assert.AreEqual(ticket, test.Acknowledged(), "an acknowledgement is lost");
        }
    }

    private static void Act(SessionUnderTest test, SeededRandom random, HashSet<int> waiting)
    {
        switch (random.Next(14))
        {
            case 0:
                test.Session.Close();
                break;
            case 1:
                test.Broker.Cut();
                break;
            case 2:
                test.Broker.OnTold = Once(() => test.Broker.OnTold = null);
                break;
            case 3:
                test.Broker.OnRequest = Once(() => test.Broker.OnRequest = null);
                break;
            case 4:
                test.Broker.OnReceive = Once(() => test.Broker.OnReceive = null);
                break;
            case 5:
                test.Broker.Acknowledges = !test.Broker.Acknowledges;
                break;
            case 6:
                test.Broker.Deliver("a/create", [1]);
                break;
            case < 10:
                test.Begin();
                break;
            default:
                int ticket = test.Publish("one");
                Assert.IsTrue(ticket == 0 || waiting.Add(ticket), "a ticket given twice");
                break;
        }
    }

    private static void Take(SessionUnderTest test, HashSet<int> waiting)
    {
        int last = 0;
        while (test.Session.TryTakeAcknowledged(out int ticket))
        {
            Assert.IsTrue(waiting.Remove(ticket), "a ticket taken twice, or never given");
            Assert.IsGreaterThan(last, ticket, "out of order");
            last = ticket;
        }

        while (test.Session.TryTakeMessage(out MqttMessage message))
        {
            Assert.AreEqual("a/create", message.Topic);
        }
    }

    private static Action Once(Action forget) => () =>
    {
        forget();
        throw new OutOfMemoryException();
    };
}
