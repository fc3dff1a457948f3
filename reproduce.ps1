#!/usr/bin/env pwsh
# Builds the suite and runs it with the given arguments. Without arguments it runs 'all --profile quick'.
# The first run looks for the optional back ends: figures as PNG and folders of pictures. If NuGet can restore their
# packages, every later build includes them.
$tried = "$PSScriptRoot/artifacts/back-ends"
if ($args -notcontains '--offline' -and -not (Test-Path $tried)) {
    Write-Host 'looking for optional back ends (once; --offline forbids it)'
    $env:NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT = 1
    foreach ($backEnd in 'ScottPlot', 'ImageSharp') { dotnet restore "$PSScriptRoot/src/Figures.$backEnd" --nologo --verbosity quiet 2>&1 | Out-Null }
    Remove-Item Env:NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT
    New-Item -ItemType File -Force $tried | Out-Null
}
$log = dotnet build "$PSScriptRoot/src/Reproduce" --configuration Release --nologo --verbosity quiet 2>&1
if ($LASTEXITCODE -ne 0) { $log | Write-Error; exit 1 }
dotnet "$PSScriptRoot/artifacts/bin/Reproduce/release/reproduce.dll" @args
exit $LASTEXITCODE
