using System.Reflection;
using System.Runtime.Loader;

namespace Keyway.Tests.Bench;

/// <summary>The lock and its measurements once more, with hal and firmware counted.</summary>
internal sealed class CountedContext : AssemblyLoadContext
{
    private const string Ours = "Keyway.";

    /// <summary>Calls a public static method in here. What goes in and comes out are types of the
    /// class library.</summary>
    public object? Call(MethodInfo method, params object?[] arguments) =>
        LoadFromAssemblyName(method.Module.Assembly.GetName())
            .GetType(method.DeclaringType!.FullName!)!.GetMethod(method.Name)!
            .Invoke(null, arguments);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = assemblyName.Name!;
        string path = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        return name switch
        {
            "Keyway.Hal" or "Keyway.Firmware" =>
                LoadFromStream(new MemoryStream(CountedCode.Make(path))),
            _ when name == typeof(CountedContext).Assembly.GetName().Name
                || name.StartsWith(Ours, StringComparison.Ordinal) => LoadFromAssemblyPath(path),
            _ => null,
        };
    }
}
