#!/usr/bin/env pwsh
# Builds the suite and runs it with the given arguments. Without arguments it runs 'all --profile quick'.
$log = dotnet build "$PSScriptRoot/src/Reproduce" --configuration Release --nologo --verbosity quiet 2>&1
if ($LASTEXITCODE -ne 0) { $log | Write-Error; exit 1 }
dotnet "$PSScriptRoot/artifacts/bin/Reproduce/release/reproduce.dll" @args
exit $LASTEXITCODE
