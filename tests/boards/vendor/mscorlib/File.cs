using System.Collections.Generic;
using Keyway.Tests.Boards;

namespace System.IO;

/// <summary>The internal storage.</summary>
public static class File
{
    public static bool Exists(string path) => Files(path).ContainsKey(path);

    public static byte[] ReadAllBytes(string path) => [.. Files(path)[path]];

    public static void WriteAllBytes(string path, byte[] bytes) => Files(path)[path] = [.. bytes];

    internal static Dictionary<string, byte[]> Files(string path)
    {
        Controller device = Controller.Current;
        device.Threads.DemandPower();
        device.OnFile?.Invoke(path);
        return device.Files;
    }
}
