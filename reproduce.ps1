#!/usr/bin/env pwsh
# Builds the suite and runs it; all arguments go to it (none: all --profile quick).
$ErrorActionPreference = 'Stop'
dotnet build "$PSScriptRoot/experiments" --configuration Release --nologo --verbosity quiet
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
dotnet "$PSScriptRoot/artifacts/bin/Experiments/release/reproduce.dll" @args
exit $LASTEXITCODE
