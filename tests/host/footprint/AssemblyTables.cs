using Keyway.Tests.Sim;
using Mono.Cecil;

namespace Keyway.Tests.Host;

/// <summary>
/// What the runtime's tables of one assembly take of the managed heap: of a type 8 bytes, of a
/// method 3, of a field 2, of a static field 12, of anything of another assembly that is referred
/// to 4. A constant is no field of the image, and an enum has one.
/// </summary>
internal sealed class AssemblyTables
{
    private const int HeadBytes = 140;
    private const int ReferenceBytes = 4;
    private const int TypeBytes = 8;
    private readonly HashSet<string> _own;
    private readonly HashSet<string> _types = [];
    private readonly HashSet<string> _members = [];

    private AssemblyTables(TypeDefinition[] types, int assemblies)
    {
        _own = [.. types.Select(type => type.FullName)];
        foreach (TypeDefinition type in types)
        {
            Refer(type.BaseType);
            Array.ForEach([.. type.Interfaces], one => Refer(one.InterfaceType));
            Array.ForEach([.. type.Fields], field => ReferInSignature(field.FieldType));
            Array.ForEach([.. type.Methods], Read);
        }

        FieldDefinition[] fields =
            [.. types.SelectMany(type => type.Fields).Where(field => !field.IsLiteral)];
        int methods = types.Sum(type => type.Methods.Count);
        Bytes = DeviceHeap.Blocks(HeadBytes
            + ReferenceBytes * (assemblies + _types.Count + _members.Count)
            + TypeBytes * types.Length + Words(2 * fields.Length) + Words(2 * methods)
            + Words(methods) + DeviceHeap.Block * fields.Count(field => field.IsStatic));
    }

    public int Bytes { get; }

    /// <summary>Of the types whose namespaces are those of an assembly of the device.</summary>
    /// <param name="module">Holds them, and may hold others.</param>
    /// <param name="isOf">Says which.</param>
    /// <param name="assemblies">How many assemblies it refers to.</param>
    public static int Count(
        ModuleDefinition module, Func<TypeDefinition, bool> isOf, int assemblies) =>
        new AssemblyTables([.. module.GetTypes().Where(isOf)], assemblies).Bytes;

    private static int Words(int bytes) => (bytes + 3) / 4 * 4;

    private void Read(MethodDefinition method)
    {
        ReferToSignature(method);
        if (!method.HasBody)
        {
            return;
        }

        foreach (var variable in method.Body.Variables)
        {
            ReferInSignature(variable.VariableType);
        }

        foreach (var handler in method.Body.ExceptionHandlers)
        {
            Refer(handler.CatchType);
        }

        foreach (var instruction in method.Body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference type:
                    Refer(type);
                    break;
                case MemberReference member when !_own.Contains(member.DeclaringType.FullName):
                    _members.Add(member.FullName);
                    Refer(member.DeclaringType);
                    ReferToSignature(member as MethodReference);
                    break;
            }
        }
    }

    private void ReferToSignature(MethodReference? method)
    {
        foreach (ParameterDefinition parameter in method?.Parameters ?? [])
        {
            ReferInSignature(parameter.ParameterType);
        }

        ReferInSignature(method?.ReturnType);
    }

    // What a signature says with one byte needs no reference.
    private void ReferInSignature(TypeReference? type)
    {
        bool isShort = type?.GetElementType() is not { IsPrimitive: false } element
            || element.MetadataType
                is MetadataType.String or MetadataType.Object or MetadataType.Void;
        if (!isShort)
        {
            Refer(type);
        }
    }

    private void Refer(TypeReference? type)
    {
        if (type is TypeSpecification of)
        {
            Refer(of.ElementType);
        }
        else if (type is not (null or GenericParameter) && !_own.Contains(type.FullName))
        {
            _types.Add(type.FullName);
        }
    }
}
