// Writes counters into compiled code: what an interpreter of IL executes can be counted, not timed,
// on a machine that compiles it. CountedContext loads what comes out.

using Keyway.Tests.Sim;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Keyway.Tests.Bench;

/// <summary>Counts instructions, calls, objects, bytes copied and bytes of the device's heap of an
/// assembly.</summary>
/// <remarks>
/// One call at the start of each run of instructions that is entered only there, and one after an
/// array or a string is made. Calls are all that the code makes, also to the class library; objects
/// are those that it makes itself.
/// </remarks>
internal static class CountedCode
{
    private const string Ours = "Keyway.";

    /// <summary>The assembly with counters.</summary>
    public static byte[] Make(string path)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
        ModuleDefinition module = assembly.MainModule;
        MethodReference run = module.ImportReference(
            typeof(CodeCounts).GetMethod(nameof(CodeCounts.Run)));
        MethodReference copy = module.ImportReference(
            typeof(CodeCounts).GetMethod(nameof(CodeCounts.Copy)));
        MethodReference made = module.ImportReference(
            typeof(CodeCounts).GetMethod(nameof(CodeCounts.Made)));
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods))
        {
            if (method.HasBody)
            {
                Count(method.Body, run, copy, made);
            }
        }

        var counted = new MemoryStream();
        assembly.Write(counted);
        return counted.ToArray();
    }

    private static void Count(
        MethodBody body, MethodReference run, MethodReference copy, MethodReference made)
    {
        body.SimplifyMacros();
        HashSet<Instruction> starts = StartsOf(body);
        Instruction[] code = [.. body.Instructions];
        for (int first = 0, end; first < code.Length; first = end)
        {
            end = first + 1;
            while (end < code.Length && !starts.Contains(code[end]))
            {
                end++;
            }

            Instruction[] ofRun = code[first..end];
            int[] counts =
            [
                ofRun.Length, ofRun.Count(IsCall), ofRun.Count(MakesObject),
                ofRun.Sum(DeviceBytes), ofRun.Sum(LibraryBytes),
            ];
            foreach (Instruction call in ofRun.Where(IsCopy))
            {
                call.Operand = copy;
            }

            foreach (Instruction make in ofRun.Where(MakesArrayOrText))
            {
                ILProcessor il = body.GetILProcessor();
                il.InsertAfter(make, il.Create(OpCodes.Call, made));
                il.InsertAfter(make, il.Create(OpCodes.Dup));
            }

            InsertBefore(body, code[first], counts, run);
        }
    }

    // The instruction itself becomes the first of the new ones, so that branches and the borders
    // of try blocks still lead to it.
    private static void InsertBefore(
        MethodBody body, Instruction place, int[] counts, MethodReference run)
    {
        ILProcessor il = body.GetILProcessor();
        Instruction moved = il.Create(OpCodes.Nop);
        moved.OpCode = place.OpCode;
        moved.Operand = place.Operand;
        place.OpCode = OpCodes.Ldc_I4;
        place.Operand = counts[0];
        Instruction at = place;
        foreach (Instruction next in (Instruction[])
            [.. counts.Skip(1).Select(count => il.Create(OpCodes.Ldc_I4, count)),
                il.Create(OpCodes.Call, run), moved])
        {
            il.InsertAfter(at, next);
            at = next;
        }
    }

    private static HashSet<Instruction> StartsOf(MethodBody body)
    {
        var starts = new HashSet<Instruction>();
        foreach (Instruction instruction in body.Instructions)
        {
            switch (instruction.Operand)
            {
                case Instruction target:
                    starts.Add(target);
                    break;
                case Instruction[] targets:
                    starts.UnionWith(targets);
                    break;
            }

            bool ends = instruction.OpCode.FlowControl is FlowControl.Branch
                or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw;
            if (ends && instruction.Next != null)
            {
                starts.Add(instruction.Next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            starts.Add(handler.TryStart);
            starts.Add(handler.HandlerStart);
            if (handler.FilterStart != null)
            {
                starts.Add(handler.FilterStart);
            }
        }

        return starts;
    }

    private static bool IsCall(Instruction instruction) => instruction.OpCode.Code
        is Code.Call or Code.Callvirt or Code.Newobj;

    private static bool MakesObject(Instruction instruction) =>
        instruction.OpCode.Code is Code.Newarr or Code.Box
        || (instruction.OpCode.Code == Code.Newobj
            && !((MethodReference)instruction.Operand).DeclaringType.Resolve().IsValueType);

    private static bool MakesArrayOrText(Instruction instruction) =>
        instruction.OpCode.Code == Code.Newarr
        || (IsForeignCall(instruction, out MethodReference called)
            && (called.ReturnType.IsArray || called.ReturnType.FullName == "System.String"));

    // Strings and arrays count when they are there.
    private static int DeviceBytes(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Box => DeviceHeap.Boxed,
        Code.Ldstr => DeviceHeap.Literal,
        Code.Newobj => BytesOf(((MethodReference)instruction.Operand).DeclaringType.Resolve()),
        _ => 0,
    };

    // The device's Array.IndexOf takes an object, and its Encoding.UTF8 is a new one each time.
    private static int LibraryBytes(Instruction instruction) =>
        !IsForeignCall(instruction, out MethodReference called) ? 0
        : (called.DeclaringType.Name, called.Name) switch
        {
            ("Crc32", "HashToUInt32") => LibraryHeap.Hashed,
            ("Crc32" or "NonCryptographicHashAlgorithm", "Append") => LibraryHeap.Appended,
            ("Array", "IndexOf") when called is GenericInstanceMethod generic
                && generic.GenericArguments[0].IsValueType => DeviceHeap.Boxed,
            ("Encoding", "get_UTF8") => DeviceHeap.Object(0),
            _ => 0,
        };

    private static int BytesOf(TypeDefinition type)
    {
        if (type.BaseType?.FullName == "System.MulticastDelegate")
        {
            return DeviceHeap.Delegate;
        }

        int fields = 0;
        for (TypeDefinition? one = type; one != null; one = one.BaseType?.Resolve())
        {
            fields += one.Fields.Count(field => !field.IsStatic);
        }

        return type.IsValueType ? 0 : DeviceHeap.Object(fields);
    }

    private static bool IsForeignCall(Instruction instruction, out MethodReference called)
    {
        called = (instruction.Operand as MethodReference)!;
        return instruction.OpCode.Code is Code.Call or Code.Callvirt
            && !called.DeclaringType.FullName.StartsWith(Ours, StringComparison.Ordinal);
    }

    private static bool IsCopy(Instruction instruction) => IsCall(instruction)
        && instruction.Operand is MethodReference { Name: "Copy", Parameters.Count: 5 } called
        && called.DeclaringType.FullName == "System.Array";
}
