using System;
using System.Linq;
using Keyway.Firmware;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Keyway.Tests.Boards;

/// <summary>A whole lock of boards/esp32, from reset to reset.</summary>
[TestClass]
public sealed class LockProgramTests
{
    private const long Never = long.MaxValue;

    [TestMethod]
    public void A_code_that_came_over_the_wire_opens_the_door_after_a_reset_too()
    {
        using LockUnderTest test = new();
        test.BootToOnline();
        test.Create("246810");
        Assert.IsTrue(test.Opens("246810"));
        Assert.IsTrue(test.Controller.RunUntil(() => !test.Strike.IsHigh, 8_000));
        Assert.IsFalse(test.Opens("999999"));
        test.Boot();
        Assert.IsTrue(test.Opens("246810"));
        Assert.AreEqual(0, test.Controller.Reboots);
        Assert.IsEmpty(test.Controller.Threads.Died);
    }

    /// <summary>Whoever measures a board reads it there.</summary>
    [TestMethod]
    public void The_heap_that_is_free_is_said_at_the_start()
    {
        using LockUnderTest test = new();
        test.Controller.HeapFreeBytes = 54_321;
        test.BootToOnline();
        Assert.Contains("keyway: heap: 54321 bytes are free", test.Lines);
        Assert.Contains("\"free_heap_bytes\":54321,", test.Broker.Published
            .Last(one => one.Topic.EndsWith("/status", StringComparison.Ordinal)).Payload);
    }

    [TestMethod]
    public void With_too_little_heap_it_does_not_connect_says_so_and_opens()
    {
        using LockUnderTest test = new();
        test.BootToOnline();
        test.Create("246810");
        test.Controller.HeapFreeBytes = HeapNeeds.VendorConnectBytes - 1;
        int before = test.Broker.Published.Count;
        test.Boot();
        Assert.IsTrue(test.Opens("246810"));
        test.Controller.RunFor(120_000);
        Assert.HasCount(before, test.Broker.Published);
        Assert.Contains("keyway: heap: too small for 250 codes: "
            + $"{HeapNeeds.SlotsMin}, or as many as are stored", test.Lines);
        Assert.ContainsSingle(line => line == "keyway: not connecting: heap: "
            + $"{HeapNeeds.VendorConnectBytes - 1} bytes are free", test.Lines);
        test.Controller.HeapFreeBytes = HeapNeeds.VendorConnectBytes;
        Assert.IsTrue(test.Controller.RunUntil(
            () => test.Broker.Published.Count > before, 2 * Limits.ReconnectMaxMs));
        Assert.Contains("keyway: connecting: heap: "
            + $"{HeapNeeds.VendorConnectBytes} bytes are free", test.Lines);
        Assert.AreEqual(0, test.Controller.Reboots);
    }

    [TestMethod]
    public void The_watchdog_is_fed_at_each_turn_of_the_loop()
    {
        using LockUnderTest test = new();
        test.BootToOnline();
        int before = test.WatchdogFeed.Edges;
        test.Controller.RunFor(1_000);
        Assert.IsGreaterThan(90, test.WatchdogFeed.Edges - before);
    }

    [TestMethod]
    public void Without_its_file_a_lock_shows_it_and_is_fed_and_says_why()
    {
        using LockUnderTest test = new();
        test.RemoveSetup();
        test.Boot();
        for (int turn = 0; turn < 4; turn++)
        {
            Assert.IsTrue(test.Controller.RunFor(turn == 0 ? 500 : 1_000));
            Assert.AreEqual(turn % 2 == 0, test.RedLed.IsHigh);
            Assert.AreNotEqual(test.RedLed.IsHigh, test.GreenLed.IsHigh);
        }

        Assert.AreEqual(4, test.WatchdogFeed.Edges);
        Assert.IsTrue(test.Lines.Any(line => line.StartsWith(
            "keyway: not running: keyway.json: ", StringComparison.Ordinal)));
        Assert.AreEqual(0, test.Controller.Reboots);
    }

    [TestMethod]
    public void What_is_caught_by_nobody_takes_the_safe_level_and_restarts()
    {
        using LockUnderTest test = new();
        test.BootToOnline();
        test.Create("246810");
        Assert.IsTrue(test.Opens("246810"));
        test.DoorContact.Wire = () => throw new InvalidOperationException();
        AssertReboots(test, 5_000);
        Assert.IsFalse(test.Strike.IsHigh);
        Assert.Contains(
            "keyway: restarting: System.InvalidOperationException", test.Lines);
        test.DoorContact.Wire = () => false;
        test.BootToOnline();
        Assert.Contains($"keyway {AgentSettings.FirmwareVersion}: started: crash", test.Lines);
    }

    /// <summary>The supervisor notes that a run has lasted, also while the board restarts.
    /// </summary>
    [TestMethod]
    public void A_crash_just_before_the_run_has_lasted_stays_one()
    {
        using LockUnderTest test = new();
        test.Boot();
        test.Controller.RunFor((Limits.BootShortSeconds * 1_000L) - 1_000);
        test.DoorContact.Wire = () => throw new InvalidOperationException();
        AssertReboots(test, 5_000);
        test.DoorContact.Wire = () => false;
        test.BootToOnline();
        Assert.Contains($"keyway {AgentSettings.FirmwareVersion}: started: crash", test.Lines);
    }

    /// <summary>There may be no memory for a line, nor for the record: it restarts all the same.
    /// </summary>
    [TestMethod]
    public void No_memory_at_all_still_restarts()
    {
        using LockUnderTest test = new();
        test.BootToOnline();
        test.Controller.OnLine = _ => throw new OutOfMemoryException();
        test.Controller.OnFile = _ => throw new OutOfMemoryException();
        test.DoorContact.Wire = () => throw new OutOfMemoryException();
        AssertReboots(test, 5_000);
    }

    /// <summary>In a step, or in making the agent: then the network rests, and the keypad works.
    /// </summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Three_restarts_for_want_of_memory_are_a_boot_loop(bool isConstructor)
    {
        using LockUnderTest test = new();
        test.BootToOnline();
        test.Create("246810");
        for (int i = 0; i < Limits.BootLoopCrashes; i++)
        {
            // The strike's safe level: of the pin, then of the agent.
            int writes = 0;
            test.Strike.Driven = _ =>
            {
                writes++;
                if (isConstructor && writes == 2)
                {
                    throw new OutOfMemoryException();
                }
            };
            test.Boot();
            if (!isConstructor)
            {
                test.Controller.RunFor(1_000);
                test.DoorContact.Wire = () => throw new OutOfMemoryException();
            }

            AssertReboots(test, 60_000);
            test.DoorContact.Wire = () => false;
            Assert.Contains("keyway: restarting: System.OutOfMemoryException", test.Lines);
        }

        test.Strike.Driven = null;
        int connects = test.Controller.Radio.Connects;
        test.Boot();
        Assert.IsTrue(test.Opens("246810"));
        test.Controller.RunFor(Limits.KeypadOnlySeconds * 1_000L - 60_000);
        Assert.AreEqual(connects, test.Controller.Radio.Connects);
        Assert.Contains(
            $"keyway {AgentSettings.FirmwareVersion}: started: boot_loop", test.Lines);

        // The agent has tried in vain meanwhile, and waits longest between two tries.
        test.AssertOnline(60_000 + Limits.ReconnectMaxMs + 60_000);
    }

    [TestMethod]
    public void A_loop_that_hangs_is_restarted_with_the_strike_released()
    {
        using LockUnderTest test = new();
        test.BootToOnline();
        test.Create("246810");
        Assert.IsTrue(test.Opens("246810"));
        test.DoorContact.Wire = () =>
        {
            test.Controller.Threads.Wait(Never, null);
            return false;
        };
        AssertReboots(test, 15_000);
        Assert.IsFalse(test.Strike.IsHigh);
        Assert.Contains("keyway: restarting: the agent hangs", test.Lines);
        test.DoorContact.Wire = () => false;
        test.BootToOnline();
        Assert.Contains($"keyway {AgentSettings.FirmwareVersion}: started: hang", test.Lines);
    }

    /// <summary>A TLS handshake stops the supervisor too.</summary>
    [TestMethod]
    public void A_handshake_that_stops_every_thread_is_no_hang()
    {
        using LockUnderTest test = new(LockUnderTest.Tls);
        test.Broker.HandshakeMs = 30_000;
        test.BootToOnline();
        Assert.AreEqual(0, test.Controller.Reboots);
    }

    [TestMethod]
    public void A_supervisor_without_memory_still_supervises()
    {
        using LockUnderTest test = new();
        test.BootToOnline();
        test.Controller.OnLine = _ => throw new OutOfMemoryException();
        test.Controller.OnFile = _ => throw new OutOfMemoryException();
        test.Controller.RunFor(Limits.BootShortSeconds * 1_000L);
        test.DoorContact.Wire = () =>
        {
            test.Controller.Threads.Wait(Never, null);
            return false;
        };
        AssertReboots(test, 15_000);
        Assert.IsEmpty(test.Controller.Threads.Died);
    }

    [TestMethod]
    public void The_board_restarts_before_its_ticks_wrap()
    {
        using LockUnderTest test = new();
        test.BootToOnline();
        test.Controller.Clock.Advance(400L * 24 * 60 * 60 * 1_000);
        AssertReboots(test, 5_000);
        Assert.Contains("keyway: restarting: uptime", test.Lines);
        test.BootToOnline();
        Assert.Contains($"keyway {AgentSettings.FirmwareVersion}: started: planned", test.Lines);
    }

    [TestMethod]
    public void No_memory_in_the_threads_of_the_client_costs_a_session_and_no_restart()
    {
        using LockUnderTest test = new();
        test.BootToOnline();
        test.Create("246810");
        test.Broker.OnTold = () => throw new OutOfMemoryException();
        test.Broker.Deliver($"keyway/v1/{LockUnderTest.DeviceId}/access_codes/list", [1]);
        test.Controller.RunFor(2_000);
        Assert.IsTrue(test.Opens("246810"));
        test.Broker.OnTold = null;
        test.AssertOnline();
        test.Create("135790");
        Assert.AreEqual(0, test.Controller.Reboots);
        Assert.AreEqual(1, test.Broker.MostClients);
    }

    [TestMethod]
    public void A_board_with_an_expander_shows_the_same_on_it()
    {
        using LockUnderTest test = new();
        var chip = new Keyway.Boards.Virtual.Mcp23s17Chip();
        test.RemoveSetup();
        test.Controller.Chips[Keyway.Boards.Esp32C3.Pins.ExpanderChipSelect] = chip;
        test.Controller.Boot(() => Keyway.Boards.Esp32.LockProgram.Run(
            new Keyway.Boards.Esp32C3.ExpanderWiring(),
            Keyway.Boards.Esp32.SocketStream.Session));
        test.Controller.RunFor(500);
        Assert.IsTrue(chip.IsHigh(Keyway.Boards.Esp32C3.Pins.RedLed));
        test.Controller.RunFor(1_000);
        Assert.IsTrue(chip.IsHigh(Keyway.Boards.Esp32C3.Pins.GreenLed));
        Assert.IsFalse(chip.IsHigh(Keyway.Boards.Esp32C3.Pins.RedLed));
    }

    private static void AssertReboots(LockUnderTest test, int atMostMs)
    {
        int before = test.Controller.Reboots;
        Assert.IsFalse(test.Controller.RunFor(atMostMs), "it has not restarted");
        Assert.AreEqual(before + 1, test.Controller.Reboots);
    }
}
