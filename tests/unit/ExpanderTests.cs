using Keyway.Boards.Virtual;
using Keyway.Hal;
using nanoFramework.TestFramework;

namespace Keyway.Tests.Unit;

[TestClass]
public class ExpanderTests
{
    [TestMethod]
    public void A_pressed_key_is_read_in_its_column_only()
    {
        Mcp23s17Chip chip = new();
        ExpanderMatrix keys = Matrix(chip);
        chip.Connect(1, 9);
        keys.Drive(0);
        Assert.AreEqual(0, keys.ReadRows());
        keys.Drive(1);
        Assert.AreEqual(2, keys.ReadRows());
        keys.Drive(2);
        Assert.AreEqual(0, keys.ReadRows());
    }

    [TestMethod]
    public void Two_keys_of_one_row_short_no_two_columns()
    {
        Mcp23s17Chip chip = new();
        ExpanderMatrix keys = Matrix(chip);
        chip.Connect(0, 8);
        chip.Connect(0, 9);
        for (int column = 0; column < keys.Columns; column++)
        {
            keys.Drive(column);
            Assert.AreEqual(column < 2 ? 1 : 0, keys.ReadRows());
        }
    }

    // A pin above the first eight, so that both bytes of the register are written.
    [TestMethod]
    [DataRow(1)]
    [DataRow(9)]
    public void A_pin_is_pulled_up_while_it_is_released_so(int pin)
    {
        Mcp23s17 chip = new(new Mcp23s17Chip());
        int bit = 1 << pin;
        chip.Drive(pin, high: false);
        Assert.AreEqual(0, chip.Read() & bit);
        chip.Release(pin, hasPullUp: true);
        Assert.AreEqual(bit, chip.Read() & bit);
        chip.Release(pin, hasPullUp: false);
        Assert.AreEqual(0, chip.Read() & bit);
    }

    [TestMethod]
    public void A_chip_left_as_another_program_set_it_is_set_up_at_once()
    {
        Mcp23s17Chip chip = new();
        new Mcp23s17(chip).Drive(12, high: true);
        Assert.IsTrue(chip.IsHigh(12));
        new ExpanderOutput(new Mcp23s17(chip), 12);
        Assert.IsFalse(chip.IsHigh(12));
        new Mcp23s17(chip).Drive(12, high: true);
        new Mcp23s17(chip).Release(0, hasPullUp: true);
        Assert.IsFalse(chip.IsHigh(12));
    }

    [TestMethod]
    public void An_output_is_low_from_the_first_and_follows()
    {
        Mcp23s17Chip chip = new();
        ExpanderOutput led = new(new Mcp23s17(chip), 12);
        Assert.IsFalse(chip.IsHigh(12));
        led.Write(true);
        Assert.IsTrue(chip.IsHigh(12));
        led.Write(false);
        Assert.IsFalse(chip.IsHigh(12));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_contact_is_active_as_its_kind_says(bool activeWhenOpen)
    {
        Mcp23s17Chip chip = new();
        ExpanderInput contact = new(new Mcp23s17(chip), 15, activeWhenOpen);
        Assert.AreEqual(activeWhenOpen, contact.Read());
        chip.Ground(15, true);
        Assert.AreEqual(!activeWhenOpen, contact.Read());
    }

    [TestMethod]
    public void A_chip_that_was_reset_is_set_up_again_by_the_next_scan()
    {
        Mcp23s17Chip chip = new();
        Mcp23s17 driver = new(chip);
        ExpanderMatrix keys = new(driver, new int[] { 0, 1 }, new int[] { 8, 9 });
        ExpanderOutput led = new(driver, 12);
        led.Write(true);
        keys.Drive(0);
        chip.Reset();
        keys.Drive(1);
        keys.Drive(0);
        Assert.IsTrue(chip.IsHigh(12));
        chip.Connect(1, 8);
        Assert.AreEqual(2, keys.ReadRows());
    }

    private static ExpanderMatrix Matrix(Mcp23s17Chip chip) =>
        new(new Mcp23s17(chip), new int[] { 0, 1, 2, 3 }, new int[] { 8, 9, 10 });
}
