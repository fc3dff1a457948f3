#!/usr/bin/env pwsh
# Checks that one comparison of rules gives the same bits on one thread and on two and, on x64, also with vectors of 256
# and of 128 bits. It compares the measures of every run and the table of verdicts. It needs PowerShell 7 and the .NET
# SDK, but no data and no network. The exit code is 0 if all bits agree, else 1.
param([int]$Limit = 3000) # the number of training samples
$ErrorActionPreference = 'Stop'

$root = Split-Path -Parent $PSScriptRoot
$scratch = Join-Path ([IO.Path]::GetTempPath()) "compare-bits-$([Guid]::NewGuid())"
$rules = @(
    'backprop', 'competitive', 'difference-target-propagation', 'hebb', 'hebbnet', 'influence-hebb', 'kickback',
    'krotov-hopfield', 'oja', 'softhebb', 'target-propagation'
)
$seeds = 2

$cases = @(
    @{ Name = 'two threads'; Threads = 2 }
    @{ Name = 'one thread'; Threads = 1 }
)
if ([Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture -eq 'X64') {
    # Vectors are 512 bits wide above if the processor has them. Without AVX there is no fused multiply-add either.
    $cases += @{ Name = '256-bit vectors'; Threads = 2; Switch = 'DOTNET_EnableAVX512' }
    $cases += @{ Name = '128-bit vectors'; Threads = 2; Switch = 'DOTNET_EnableAVX' }
}

# Runs the comparison and returns its results by name: the measures of each run, and the verdicts.
function Get-Results($case) {
    $folder = Join-Path $scratch ($case.Name -replace ' ', '-')
    $arguments = @(
        'compare', '--rules', ($rules -join ','), '--widths', 48, '--seeds', $seeds, '--limit', $Limit
        '--dataset', 'digits', '--offline', '--quiet', '--threads', $case.Threads
        '--results', $folder, '--figures', (Join-Path $scratch 'figures')
    )
    if ($case.Switch) { Set-Item "Env:$($case.Switch)" 0 }
    try { dotnet "$root/artifacts/bin/Reproduce/release/reproduce.dll" @arguments | Out-Null }
    finally { if ($case.Switch) { Remove-Item "Env:$($case.Switch)" } }
    if ($LASTEXITCODE -ne 0) { throw "$($case.Name): compare ended with exit code $LASTEXITCODE" }

    $results = @{ verdicts = Get-Content -Raw (Join-Path $folder 'compare/digits/verdicts.csv') }
    foreach ($record in Get-ChildItem (Join-Path $folder 'runs') | Where-Object Name -Match '^[0-9a-f]{16}\.json$') {
        $measures = [regex]::Match((Get-Content -Raw $record), '"measures":\{[^}]*\}')
        if (-not $measures.Success) { throw "$($case.Name): no measures in $($record.Name)" }
        $results["run $($record.BaseName)"] = $measures.Value
    }
    return $results
}

$differences = 0
try {
    dotnet build "$root/src/Reproduce" --configuration Release --nologo --verbosity quiet
    if ($LASTEXITCODE -ne 0) { throw 'the build failed' }
    $first = Get-Results $cases[0]
    if ($first.Count -le $rules.Count * $seeds) { throw "only $($first.Count - 1) runs to compare" }
    foreach ($case in $cases | Select-Object -Skip 1) {
        $other = Get-Results $case
        foreach ($name in @($first.Keys) + @($other.Keys) | Sort-Object -Unique) {
            if (-not [string]::Equals($first[$name], $other[$name], [StringComparison]::Ordinal)) {
                Write-Host "other bits: $($cases[0].Name), $($case.Name): $name"
                $differences++
            }
        }
        Write-Host "$($cases[0].Name), $($case.Name): compared $($first.Count - 1) runs and the verdicts"
    }
}
finally { if (Test-Path $scratch) { Remove-Item -Recurse -Force $scratch } }
exit ($differences -gt 0 ? 1 : 0)
