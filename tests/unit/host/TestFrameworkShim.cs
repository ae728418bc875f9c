// The names of nanoFramework.TestFramework on top of MSTest, so that one test file without any #if
// runs on both. Only what the tests use.

using System;
using System.Collections;
using MSTest = Microsoft.VisualStudio.TestTools.UnitTesting;

namespace nanoFramework.TestFramework;

/// <summary>A class with tests.</summary>
public sealed class TestClassAttribute : MSTest.TestClassAttribute
{
}

/// <summary>A test.</summary>
public sealed class TestMethodAttribute : MSTest.TestMethodAttribute
{
    public TestMethodAttribute(
        [System.Runtime.CompilerServices.CallerFilePath] string file = "",
        [System.Runtime.CompilerServices.CallerLineNumber] int line = -1)
        : base(file, line)
    {
    }
}

/// <summary>A row of arguments of a test.</summary>
public sealed class DataRowAttribute : MSTest.DataRowAttribute
{
    public DataRowAttribute(params object[] row)
        : base(row)
    {
    }
}

/// <summary>The device's assertions, forwarded.</summary>
public static class Assert
{
    public static void IsTrue(bool condition, string message = "") =>
        MSTest.Assert.IsTrue(condition, message);

    public static void IsFalse(bool condition, string message = "") =>
        MSTest.Assert.IsFalse(condition, message);

    public static void IsNull(object value, string message = "") =>
        MSTest.Assert.IsNull(value, message);

    public static void IsNotNull(object value, string message = "") =>
        MSTest.Assert.IsNotNull(value, message);

    public static void AreEqual(bool expected, bool actual, string message = "") =>
        MSTest.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(int expected, int actual, string message = "") =>
        MSTest.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(uint expected, uint actual, string message = "") =>
        MSTest.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(long expected, long actual, string message = "") =>
        MSTest.Assert.AreEqual(expected, actual, message);

    public static void AreEqual(string expected, string actual, string message = "") =>
        MSTest.Assert.AreEqual(expected, actual, message);

    public static void AreNotEqual(int notExpected, int actual, string message = "") =>
        MSTest.Assert.AreNotEqual(notExpected, actual, message);

    public static void AreNotEqual(uint notExpected, uint actual, string message = "") =>
        MSTest.Assert.AreNotEqual(notExpected, actual, message);

    public static void AreNotEqual(string notExpected, string actual, string message = "") =>
        MSTest.Assert.AreNotEqual(notExpected, actual, message);

    public static void AreSame(object expected, object actual, string message = "") =>
        MSTest.Assert.AreSame(expected, actual, message);

    public static void ThrowsException(Type type, Action action, string message = "")
    {
        try
        {
            action();
        }
        catch (Exception thrown)
        {
            MSTest.Assert.AreEqual(type, thrown.GetType(), message);
            return;
        }

        MSTest.Assert.Fail("no exception was thrown; " + type + " was expected. " + message);
    }
}

/// <summary>The device's assertions on collections, forwarded.</summary>
public static class CollectionAssert
{
    public static void AreEqual(ICollection expected, ICollection actual, string message = "") =>
        MSTest.CollectionAssert.AreEqual(expected, actual, message);
}
