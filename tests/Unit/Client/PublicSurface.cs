using System.Reflection;
using Assay.Client;

namespace Assay.Tests.Unit.Client;

/// <summary>What programs outside of the project compile against. It changes by addition, and on purpose.</summary>
public sealed class PublicSurface
{
    static readonly string Record = Path.Combine(Repository.Root, "src", "Assay.Client", "PublicSurface.txt");

    [Fact]
    public async Task What_is_public_is_what_is_recorded()
    {
        var surface = string.Join('\n', typeof(AssayClient).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(AssayClient).Namespace)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(Lines)) + "\n";
        var recorded = File.Exists(Record) ? await File.ReadAllTextAsync(Record) : "";
        if (Environment.GetEnvironmentVariable("ASSAY_RECORD") == "1")
            await File.WriteAllTextAsync(Record, surface);
        else
            surface.ShouldBe(recorded, "the surface changed; if that is meant, run this test with ASSAY_RECORD=1 and look at the difference");
    }

    static IEnumerable<string> Lines(Type type)
    {
        yield return Name(type);
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var members = type.IsEnum
            ? Enum.GetNames(type)
            : type.GetMembers(Own).Where(member => !IsMadeByTheCompiler(member, type)).Select(Line).Order(StringComparer.Ordinal).ToArray();
        foreach (var member in members)
            yield return "  " + member;
    }

    /// <summary>Accessors stand behind their property; a record's equality and printing say nothing new.</summary>
    static bool IsMadeByTheCompiler(MemberInfo member, Type type) =>
        member is MethodBase { IsSpecialName: true, IsConstructor: false }
        || member.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null
        || (type.GetMethod("<Clone>$") is not null && member.Name is "Equals" or "GetHashCode" or "ToString" or "<Clone>$" or "Deconstruct" or "EqualityContract");

    static string Line(MemberInfo member) => member switch
    {
        ConstructorInfo made => $"new({Parameters(made)})",
        MethodInfo method => $"{method.Name}({Parameters(method)}) : {Name(method.ReturnType)}",
        PropertyInfo property => $"{property.Name} : {Name(property.PropertyType)}",
        FieldInfo field => $"{field.Name} : {Name(field.FieldType)}",
        _ => member.Name,
    };

    static string Parameters(MethodBase of) => string.Join(", ", of.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? "?" : "")}"));

    static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
