using System;
using Keyway.Boards.Virtual;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class MatrixKeypadTests
{
    [TestMethod]
    public void Pressed_key_connects_its_row_to_its_column()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 0);
        keypad.Press('6');
        Assert.AreEqual("0,0,2", Rows(keypad));
        keypad.Release('6');
        Assert.AreEqual("0,0,0", Rows(keypad));
    }

    [TestMethod]
    public void Three_corners_show_the_fourth()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 0);
        keypad.Press('1');
        keypad.Press('2');
        Assert.AreEqual("1,1,0", Rows(keypad));
        keypad.Press('5');
        Assert.AreEqual("3,3,0", Rows(keypad));
    }

    [TestMethod]
    public void Current_finds_its_way_round_several_corners()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 0);
        keypad.Press('1');
        keypad.Press('2');
        keypad.Press('5');
        keypad.Press('6');
        keypad.Press('9');
        Assert.AreEqual("7,7,7", Rows(keypad));
    }

    [TestMethod]
    public void Edges_chatter_for_a_while_and_then_hold()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 10);
        keypad.Press('1');
        Assert.IsTrue(Chatters(keypad, clock));
        Assert.AreEqual("1,0,0", Rows(keypad));
        keypad.Release('1');
        Assert.IsTrue(Chatters(keypad, clock));
        Assert.AreEqual("0,0,0", Rows(keypad));
    }

    [TestMethod]
    public void Type_presses_as_time_passes()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 0);
        keypad.Type("16", 50, 30);
        keypad.Type("#", 50, 30);
        Assert.AreEqual("1,0,0", Rows(keypad));
        clock.Advance(49);
        Assert.AreEqual("1,0,0", Rows(keypad));
        clock.Advance(1);
        Assert.AreEqual("0,0,0", Rows(keypad));
        clock.Advance(30);
        Assert.AreEqual("0,0,2", Rows(keypad));
        clock.Advance(80);
        Assert.AreEqual("0,0,8", Rows(keypad));
        Assert.IsTrue(keypad.IsTyping);
        clock.Advance(50);
        Assert.AreEqual("0,0,0", Rows(keypad));
        Assert.IsFalse(keypad.IsTyping);
    }

    [TestMethod]
    public void Type_overlaps_with_a_negative_gap()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 0);
        keypad.Type("16", 50, -10);
        clock.Advance(45);
        Assert.AreEqual("1,0,2", Rows(keypad));
    }

    [TestMethod]
    public void Held_key_is_not_typing()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 0);
        keypad.Press('1');
        Assert.IsFalse(keypad.IsTyping);
    }

    [TestMethod]
    public void Unknown_key_and_wrong_legend_are_refused()
    {
        VirtualClock clock = new();
        MatrixKeypad keypad = Phone(clock, 0);
        Assert.ThrowsException(typeof(ArgumentException), () => keypad.Press('A'));
        Assert.ThrowsException(typeof(ArgumentException), () => Make(clock, new char[11]));
    }

    private static MatrixKeypad Make(VirtualClock clock, char[] legend) =>
        new(4, 3, legend, clock, 0, 1);

    private static MatrixKeypad Phone(VirtualClock clock, int bounceMs) =>
        new(4, 3, "123456789*0#".ToCharArray(), clock, bounceMs, 1);

    private static bool Chatters(MatrixKeypad keypad, VirtualClock clock)
    {
        int changes = 0;
        string before = Rows(keypad);
        for (int i = 0; i < 200; i++)
        {
            clock.AdvanceNanoseconds(50000);
            string now = Rows(keypad);
            changes += now == before ? 0 : 1;
            before = now;
        }

        return changes > 2;
    }

    private static string Rows(MatrixKeypad keypad)
    {
        string rows = "";
        for (int column = 0; column < keypad.Columns; column++)
        {
            keypad.Drive(column);
            rows += (column == 0 ? "" : ",") + keypad.ReadRows();
        }

        return rows;
    }
}
