using System.Reflection;
using System.Text;
using Reproduction.Conformance;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.HarnessConformance;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Network;

/// <summary>
/// Tests the public surface that plugins are built against: a change of it is a change of version. If
/// UPDATE_PUBLIC_API=1 is set, the snapshot is rewritten.
/// </summary>
public class PublicApiTests
{
    [Theory]
    [InlineData("Network")]
    [InlineData("Numerics")]
    [InlineData("Conformance")]
    [InlineData("Data")]
    [InlineData("Evaluation")]
    [InlineData("HarnessConformance")]
    public void The_public_surface_is_the_one_that_was_agreed(string name)
    {
        Assembly assembly = name switch
        {
            "Network" => typeof(ILearningRule).Assembly,
            "Numerics" => typeof(RandomStream).Assembly,
            "Conformance" => typeof(LearningRuleConformance).Assembly,
            "Data" => typeof(DataSet).Assembly,
            "Evaluation" => typeof(RunSpec).Assembly,
            _ => typeof(ProbeConformance).Assembly,
        };
        string file = Path.Combine(RealData.Root, "tests", "Fixtures", $"PublicApi.{name}.txt"),
            surface = Surface(assembly);
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
        {
            File.WriteAllText(file, surface);
        }

        Assert.Equal(File.ReadAllText(file), surface);
    }

    private static string Surface(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            string kind =
                type.IsInterface ? "interface"
                : type.IsEnum ? "enum"
                : type.IsValueType ? "struct"
                : type.IsAbstract && type.IsSealed ? "static class"
                : type.IsAbstract ? "abstract class"
                : type.IsSealed ? "sealed class"
                : "class";
            text.Append(kind).Append(' ').Append(type).Append('\n');
            IEnumerable<string> members = type.IsEnum
                ? Enum.GetNames(type)
                : from member in type.GetMembers(
                    BindingFlags.Public
                        | BindingFlags.NonPublic
                        | BindingFlags.Instance
                        | BindingFlags.Static
                        | BindingFlags.DeclaredOnly
                )
                where IsVisible(member) && !member.Name.Contains('<', StringComparison.Ordinal)
                select member is PropertyInfo { CanWrite: true } property && property.SetMethod!.IsPublic
                    ? $"{member} {{ set }}"
                    : member.ToString();
            foreach (string member in members.Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static bool IsVisible(MemberInfo member) =>
        member switch
        {
            MethodInfo { IsSpecialName: true } => false,
            MethodBase method => method.IsPublic || method.IsFamily,
            PropertyInfo property => property.GetMethod is { } get && (get.IsPublic || get.IsFamily),
            FieldInfo field => field.IsPublic || field.IsFamily,
            _ => true,
        };
}
