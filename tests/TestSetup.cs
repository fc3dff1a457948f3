using System.Runtime.CompilerServices;
using Reproduction.Numerics;

namespace Reproduction.Tests;

internal static class TestSetup
{
    [ModuleInitializer]
    internal static void InstallProvider() => SimdLinearAlgebraProvider.Install();
}
