using System;
using Keyway.Boards.Virtual;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class KeyScanTests
{
    private const int SettleMs = 1;
    private const int PressMs = 10;
    private const int ReleaseMs = 10;
    private const int BounceMs = 8;

    [TestMethod]
    public void Press_is_one_key_although_it_bounces_and_is_held()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            VirtualClock clock = new();
            MatrixKeypad keypad = Phone(clock, seed);
            KeyScan scan = Scan(keypad);
            keypad.Press('5');
            Assert.AreEqual("5", Taken(scan, clock, 200, 1));
            keypad.Release('5');
            Assert.AreEqual("", Taken(scan, clock, 100, 1));
        }
    }

    [TestMethod]
    public void Press_shorter_than_the_debounce_time_is_none()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = new(4, 3, PhoneLegend(), clock, 0, 1);
        KeyScan scan = Scan(keypad);
        keypad.Type("5", PressMs - 1, 0);
        Assert.AreEqual("", Taken(scan, clock, 100, 1));
    }

    [TestMethod]
    public void Short_opening_does_not_press_again()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = new(4, 3, PhoneLegend(), clock, 0, 1);
        KeyScan scan = Scan(keypad);
        keypad.Type("55", 50, ReleaseMs - 1);
        Assert.AreEqual("5", Taken(scan, clock, 200, 1));
    }

    [TestMethod]
    [DataRow(1, SettleMs)]
    [DataRow(5, SettleMs)]
    [DataRow(10, 0)]
    public void Ten_keys_a_second_come_without_loss(int stepMs, int settleMs)
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, stepMs);
        KeyScan scan = new(keypad, PhoneLegend(), settleMs, PressMs, ReleaseMs);
        keypad.Type("0123456789*#5577", 50, 50);
        Assert.AreEqual("0123456789*#5577", Taken(scan, clock, 1700, stepMs));
        Assert.IsFalse(keypad.IsTyping);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(5)]
    public void Overlapping_keys_come_in_their_order(int stepMs)
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, stepMs);
        KeyScan scan = Scan(keypad);
        keypad.Type("147258369#", 130, -50);
        Assert.AreEqual("147258369#", Taken(scan, clock, 1100, stepMs));
    }

    [TestMethod]
    public void Third_key_of_a_rectangle_waits_until_it_is_certain()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 3);
        KeyScan scan = Scan(keypad);
        keypad.Press('1');
        Assert.AreEqual("1", Taken(scan, clock, 40, 1));
        keypad.Press('2');
        Assert.AreEqual("2", Taken(scan, clock, 40, 1));
        keypad.Press('5');
        Assert.AreEqual("", Taken(scan, clock, 100, 1));
        keypad.Release('2');
        Assert.AreEqual("5", Taken(scan, clock, 100, 1));
    }

    [TestMethod]
    public void Release_counts_while_other_keys_are_uncertain()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 3);
        KeyScan scan = Scan(keypad);
        keypad.Type("9", 50, 0);
        keypad.Press('1');
        string keys = Taken(scan, clock, 30, 1);
        keypad.Press('2');
        keys += Taken(scan, clock, 5, 1);
        keypad.Press('5');
        keys += Taken(scan, clock, 60, 1);
        keypad.Press('9');
        keys += Taken(scan, clock, 41, 1);
        Assert.AreEqual("91", keys);
        keypad.Release('2');
        Assert.AreEqual("59", Taken(scan, clock, 60, 1));
    }

    [TestMethod]
    public void Opening_right_after_the_press_is_debounced_too()
    {
        for (int pressMs = 15; pressMs <= 18; pressMs++)
        {
            VirtualClock clock = new();
            MatrixKeypad keypad = new(4, 3, PhoneLegend(), clock, 0, 1);
            KeyScan scan = Scan(keypad);
            keypad.Type("55", pressMs, ReleaseMs - 4);
            Assert.AreEqual("5", Taken(scan, clock, 100, 1));
        }
    }

    [TestMethod]
    [DataRow(4, 30, 4)]
    [DataRow(30, 4, 30)]
    public void Press_and_release_have_times_of_their_own(int pressMs, int releaseMs, int takenMs)
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = new(4, 3, PhoneLegend(), clock, 0, 1);
        KeyScan scan = new(keypad, PhoneLegend(), 0, pressMs, releaseMs);
        keypad.Press('5');
        Assert.AreEqual("", Taken(scan, clock, takenMs, 1));
        Assert.AreEqual("5", Taken(scan, clock, 1, 1));
        keypad.Release('5');
        Run(scan, clock, releaseMs, 1);
        Assert.IsFalse(scan.IsIdle);
        Run(scan, clock, 1, 1);
        Assert.IsTrue(scan.IsIdle);
    }

    [TestMethod]
    public void Ghost_is_never_a_key_however_it_bounces()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            VirtualClock clock = new();
            MatrixKeypad keypad = Phone(clock, seed);
            KeyScan scan = Scan(keypad);
            string keys = "";
            foreach (char key in new[] { '1', '5', '2' })
            {
                keypad.Press(key);
                keys += Taken(scan, clock, 40, 1);
            }

            keypad.Release('1');
            keypad.Release('5');
            keys += Taken(scan, clock, 40, 1);
            Assert.AreEqual("152", keys, "seed " + seed);
        }
    }

    [TestMethod]
    public void Three_keys_in_a_line_are_certain()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 4);
        KeyScan scan = Scan(keypad);
        keypad.Type("123", 200, -160);
        Assert.AreEqual("123", Taken(scan, clock, 400, 1));
    }

    [TestMethod]
    [DataRow(2, 5)]
    [DataRow(5, 2)]
    [DataRow(1, 10)]
    [DataRow(10, 1)]
    public void Every_key_of_any_shape_has_its_meaning(int rows, int columns)
    {
        VirtualClock clock = new();
        char[] legend = "0123456789".ToCharArray();
        MatrixKeypad keypad = new(rows, columns, legend, clock, BounceMs, 1);
        KeyScan scan = new(keypad, legend, SettleMs, PressMs, ReleaseMs);
        keypad.Type("0123456789", 50, 50);
        Assert.AreEqual("0123456789", Taken(scan, clock, 1100, 1));
    }

    [TestMethod]
    public void Legend_of_another_size_is_refused()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 1);
        Assert.ThrowsException(typeof(ArgumentException), () => Make(keypad, new char[11]));
        Assert.ThrowsException(typeof(ArgumentException), () => Make(keypad, new char[13]));
    }

    [TestMethod]
    public void Keys_that_nobody_takes_wait_once_each()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 1);
        KeyScan scan = Scan(keypad);
        keypad.Type("5315#5", 50, 50);
        Run(scan, clock, 700, 1);
        Assert.AreEqual("153#", Taken(scan, clock, 1, 1));
        keypad.Type("7", 50, 50);
        Assert.AreEqual("7", Taken(scan, clock, 100, 1));
    }

    [TestMethod]
    public void Matrix_of_31_keys_works_and_one_of_32_is_refused()
    {
        VirtualClock clock = new();
        char[] legend = "0123456789ABCDEFGHIJKLMNOPQRSTU".ToCharArray();
        MatrixKeypad keypad = new(1, 31, legend, clock, BounceMs, 1);
        KeyScan scan = new(keypad, legend, 0, PressMs, ReleaseMs);
        keypad.Type("0UT", 50, 50);
        Assert.AreEqual("0UT", Taken(scan, clock, 400, 1));
        Assert.ThrowsException(typeof(ArgumentException),
            () => Make(new RecordedMatrix(4, 8), new char[32]));
    }

    [TestMethod]
    public void Idle_means_no_key_down_and_none_debounced()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = new(4, 3, PhoneLegend(), clock, 0, 1);
        KeyScan scan = Scan(keypad);
        Assert.IsTrue(scan.IsIdle);
        keypad.Press('5');
        Run(scan, clock, 4, 1);
        Assert.IsFalse(scan.IsIdle, "being debounced");
        Run(scan, clock, 100, 1);
        Assert.IsFalse(scan.IsIdle, "down");
        keypad.Release('5');
        Run(scan, clock, 4, 1);
        Assert.IsFalse(scan.IsIdle, "being debounced");
        Run(scan, clock, 100, 1);
        Assert.IsTrue(scan.IsIdle);
    }

    [TestMethod]
    public void Column_is_read_once_it_has_settled()
    {
        VirtualClock clock = new();
        RecordedMatrix matrix = new(2, 2);
        KeyScan scan = new(matrix, new char[4], 3, PressMs, ReleaseMs);
        Assert.AreEqual(0, matrix.Driven);
        clock.Advance(2);
        scan.Step(clock.Milliseconds);
        Assert.AreEqual(0, matrix.Reads);
        clock.Advance(1);
        scan.Step(clock.Milliseconds);
        scan.Step(clock.Milliseconds);
        Assert.AreEqual(1, matrix.Reads);
        Assert.AreEqual(1, matrix.Driven);
        clock.Advance(3);
        scan.Step(clock.Milliseconds);
        Assert.AreEqual(2, matrix.Reads);
        Assert.AreEqual(0, matrix.Driven);
    }

    private static KeyScan Make(IKeyMatrix keypad, char[] legend) =>
        new(keypad, legend, SettleMs, PressMs, ReleaseMs);

    private static char[] PhoneLegend() => "123456789*0#".ToCharArray();

    private static MatrixKeypad Phone(VirtualClock clock, int seed) =>
        new(4, 3, PhoneLegend(), clock, BounceMs, seed);

    private static KeyScan Scan(MatrixKeypad keypad) => Make(keypad, PhoneLegend());

    private static void Run(KeyScan scan, VirtualClock clock, int ms, int stepMs)
    {
        for (int passed = 0; passed < ms; passed += stepMs)
        {
            scan.Step(clock.Milliseconds);
            clock.Advance(stepMs);
        }
    }

    private static string Taken(KeyScan scan, VirtualClock clock, int ms, int stepMs)
    {
        string keys = "";
        for (int passed = 0; passed < ms; passed += stepMs)
        {
            Run(scan, clock, stepMs, stepMs);
            while (scan.TryTakeKey(out char key))
            {
                keys += key;
            }
        }

        return keys;
    }
}
