using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Keyway.Tests.Host;

/// <summary>Writes into compiled code that it tells Census of what it makes.</summary>
internal static class HeapWeaver
{
    /// <summary>The assembly, which tells of each object, and of the arrays and strings that some
    /// types make or get from others.</summary>
    public static byte[] Weave(byte[] image, Func<TypeDefinition, bool> tellsArrays)
    {
        using var module = ModuleDefinition.ReadModule(new MemoryStream(image));
        MethodReference add = module.ImportReference(
            typeof(Census).GetMethod(nameof(Census.Add)));
        foreach (TypeDefinition type in module.GetTypes())
        {
            foreach (MethodDefinition method in type.Methods.Where(method => method.HasBody))
            {
                // A short branch would not reach over what is written in.
                method.Body.SimplifyMacros();
                ILProcessor il = method.Body.GetILProcessor();
                if (tellsArrays(type))
                {
                    foreach (Instruction make in method.Body.Instructions.Where(Gives).ToArray())
                    {
                        il.InsertAfter(make, il.Create(OpCodes.Call, add));
                        il.InsertAfter(make, il.Create(OpCodes.Dup));
                    }
                }

                if (method.IsConstructor && !method.IsStatic && !type.IsValueType)
                {
                    Instruction first = method.Body.Instructions[0];
                    il.InsertBefore(first, il.Create(OpCodes.Ldarg_0));
                    il.InsertBefore(first, il.Create(OpCodes.Call, add));
                }
            }
        }

        var woven = new MemoryStream();
        module.Write(woven);
        return woven.ToArray();
    }

    private static bool Gives(Instruction instruction) =>
        instruction.OpCode.Code == Code.Newarr
        || (instruction.OpCode.Code is Code.Call or Code.Callvirt
            && instruction.Operand is MethodReference called
            && (called.ReturnType.IsArray || called.ReturnType.FullName == "System.String")
            && !called.DeclaringType.FullName.StartsWith("Keyway.", StringComparison.Ordinal));
}
