#!/usr/bin/env pwsh
# Builds the suite and runs it; all arguments go to it (none: all --profile quick).
$log = dotnet build "$PSScriptRoot/experiments" --configuration Release --nologo --verbosity quiet 2>&1
if ($LASTEXITCODE -ne 0) { $log | Write-Error; exit 1 }
dotnet "$PSScriptRoot/artifacts/bin/Experiments/release/reproduce.dll" @args
exit $LASTEXITCODE
