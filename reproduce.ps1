#!/usr/bin/env pwsh
# Builds the suite and runs it; all arguments go to it (none: all --profile quick).
# Once: back ends for figures as PNG and for folders of pictures, if their packages can be had. What is in NuGet's cache is built in from then on.
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
