# collect.ps1 - 一覧の収集
#
# このスクリプトは、パソコンの状態を読み取り、一つの新しいフォルダーに一覧を書き出します。
# 設定は何も変更せず、何もインストールせず、外部に送信しません。
# ソフトウェアの導入前と導入後にそれぞれ実行すると、二つのフォルダーを jobun で比べられます。
#
# 使い方(PowerShell で):
#   powershell -NoProfile -ExecutionPolicy Bypass -File collect.ps1 -Out C:\記録\導入前 -Path "C:\Program Files\ソフト名","C:\ProgramData\ソフト名"
#   -Path     アクセス権を調べるファイルやフォルダー(いくつでも)。導入前に無いものも、導入後と同じように指定してください。
#   -Recurse  指定したフォルダーの中もすべて調べます(時間がかかります)。
#   -Out      書き出し先。まだ無いフォルダーを指定してください。
# 管理者として実行すると、より多く読み取れます(ログオン権利、全タスクなど)。読み取れなかったものは最後に表示されます。
# 一覧には利用者名、インストール済みソフトウェアの名前などが含まれます。渡す前に中身を確かめてください。
# certutil と secedit は、Windows 自身の記録ファイルに実行の記録を残すことがあります。
#
# Collects listings of this machine's state into one new folder: read-only, no
# installation, nothing is sent. Run it before and after an installation and compare
# the two folders with jobun. Listings are written as the tools give them. The file
# collected.txt records each command, and what was not there or could not be read.

[CmdletBinding()]
param(
    [string[]]$Path = @(),
    [string]$Out = (Join-Path (Get-Location).Path ('jobun-' + (Get-Date -Format 'yyyyMMdd-HHmmss'))),
    [switch]$Recurse
)

$ErrorActionPreference = 'Stop'

# powershell -File は "C:\甲","C:\乙" を一つの文字列で渡す。コロンは名に使えないので、コンマとドライブ名で分けられる。
# With -File, PowerShell gives "C:\a","C:\b" as one string; no name can hold the colon of ",C:".
$Path = @($Path | ForEach-Object { $_ -split ',(?=[A-Za-z]:[\\/]|\\\\)' } | ForEach-Object { $_.Trim(' "') })

$script:record = New-Object System.Collections.Generic.List[string]
$script:failed = New-Object System.Collections.Generic.List[string]
$utf8 = New-Object System.Text.UTF8Encoding($true)

if (Test-Path -LiteralPath $Out) {
    Write-Host "書き出し先がすでにあります。新しい名前を指定してください: $Out / The folder exists already."
    exit 1
}
$Out = (New-Item -ItemType Directory -Path $Out).FullName

function Add-Record([string[]]$columns) {
    $clean = $columns | ForEach-Object { "$_" -replace '[\t\r\n]+', ' ' }
    $script:record.Add(($clean -join "`t"))
}

function Add-Failure([string]$what, [string]$why) {
    Add-Record @('failed', $what, $why)
    $script:failed.Add("$what : $why")
}

# 道具を実行し、出力をバイトのまま保存する。文字コードは変えない。
# Runs a tool and keeps its output byte by byte: the encoding stays the tool's.
function Invoke-Tool([string]$exe, [string]$arguments, [string]$file, [switch]$Append) {
    try {
        $info = New-Object System.Diagnostics.ProcessStartInfo
        $info.FileName = Join-Path ([Environment]::SystemDirectory) $exe
        $info.Arguments = $arguments
        $info.UseShellExecute = $false
        $info.CreateNoWindow = $true
        $info.RedirectStandardOutput = $true
        $info.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($info)
        $errors = $process.StandardError.ReadToEndAsync()
        $mode = [System.IO.FileMode]::Create
        if ($Append) { $mode = [System.IO.FileMode]::Append }
        $stream = New-Object System.IO.FileStream((Join-Path $Out $file), $mode)
        try { $process.StandardOutput.BaseStream.CopyTo($stream) } finally { $stream.Dispose() }
        $process.WaitForExit()
        $said = $errors.Result.Trim()
        if ($process.ExitCode -ne 0) {
            Add-Failure "$exe $arguments" "exit $($process.ExitCode) $said"
            return $false
        }
        return $true
    } catch {
        Add-Failure "$exe $arguments" $_.Exception.Message
        return $false
    }
}

function Save-Tool([string]$exe, [string]$arguments, [string]$file) {
    if (Invoke-Tool $exe $arguments $file) {
        Add-Record @('file', $file, "$exe $arguments")
        Write-Host "  $file"
    }
}

function Save-Json([string]$file, [string]$command, [scriptblock]$read) {
    try {
        $json = ConvertTo-Json -InputObject @(& $read) -Depth 5
        [System.IO.File]::WriteAllText((Join-Path $Out $file), $json + "`r`n", $utf8)
        Add-Record @('file', $file, $command)
        Write-Host "  $file"
    } catch {
        Add-Failure $command $_.Exception.Message
    }
}

function Save-Key([string]$key, [string]$file) {
    # 読めないことと無いことを区別する。/ A key that may not be read is not a key that is missing.
    $hive = [Microsoft.Win32.RegistryHive]::LocalMachine
    if ($key.StartsWith('HKEY_CURRENT_USER\')) { $hive = [Microsoft.Win32.RegistryHive]::CurrentUser }
    $view = [Microsoft.Win32.RegistryView]::Default
    $bits = ''
    if ([Environment]::Is64BitOperatingSystem) {
        $view = [Microsoft.Win32.RegistryView]::Registry64
        $bits = ' /reg:64'
    }
    try {
        $opened = [Microsoft.Win32.RegistryKey]::OpenBaseKey($hive, $view).OpenSubKey($key.Substring($key.IndexOf('\') + 1))
    } catch {
        Add-Failure "reg.exe export $key" $_.Exception.Message
        return
    }
    if ($null -ne $opened) { $opened.Dispose() } else {
        Add-Record @('absent', 'registry', $key)
        Write-Host "  (キーなし / no such key) $key"
        return
    }
    $target = Join-Path $Out $file
    if (Invoke-Tool 'reg.exe' "export `"$key`" `"$target`" /y$bits" 'reg-messages.txt') {
        Add-Record @('file', $file, "reg.exe export `"$key`"")
        Write-Host "  $file"
    }
    Remove-OwnFile 'reg-messages.txt'
}

# there, absent, または読めない理由 / or why it cannot be told
function Get-Presence([string]$one) {
    try {
        [System.IO.File]::GetAttributes($one) | Out-Null
        return 'there'
    } catch {
        $why = $_.Exception.GetBaseException()
        if ($why -is [System.IO.FileNotFoundException] -or $why -is [System.IO.DirectoryNotFoundException]) { return 'absent' }
        return $why.Message
    }
}

# このスクリプトが書き出した一時ファイルだけを消す。
# Takes away a scratch file that this script itself wrote, and no other.
function Remove-OwnFile([string]$file) {
    [System.IO.File]::Delete((Join-Path $Out $file))
}

$identity = [Security.Principal.WindowsIdentity]::GetCurrent()
$admin = (New-Object Security.Principal.WindowsPrincipal($identity)).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
Add-Record @('jobun-collect', '1')
Add-Record @('computer', $env:COMPUTERNAME)
Add-Record @('started', (Get-Date).ToString('o'))
Add-Record @('administrator', "$admin")
Add-Record @('windows', [Environment]::OSVersion.Version.ToString())
Add-Record @('powershell', $PSVersionTable.PSVersion.ToString())

Write-Host "書き出し先 / writing to: $Out"
if (-not $admin) { Write-Host '管理者ではないため、一部は読み取れません。/ Not an administrator: some listings will be missing.' }

# アカウントとグループ / accounts and groups
Save-Tool 'net.exe' 'user' 'net-user.txt'
Save-Tool 'net.exe' 'localgroup' 'net-localgroup.txt'
Save-Json 'accounts.json' 'Get-LocalUser | ConvertTo-Json' {
    Get-LocalUser | Select-Object Name, @{ n = 'SID'; e = { $_.SID.Value } }, Enabled, FullName, Description, PrincipalSource, ObjectClass
}
Save-Json 'groups.json' 'Get-LocalGroup, Get-LocalGroupMember | ConvertTo-Json' {
    foreach ($group in Get-LocalGroup) {
        $members = @()
        $complete = $true
        try {
            $members = @(Get-LocalGroupMember -SID $group.SID | Select-Object Name, @{ n = 'SID'; e = { $_.SID.Value } }, PrincipalSource, ObjectClass)
        } catch {
            $complete = $false
            Add-Failure "Get-LocalGroupMember -SID $($group.SID.Value)" $_.Exception.Message
        }
        [pscustomobject]@{ Name = $group.Name; SID = $group.SID.Value; Description = $group.Description; ObjectClass = 'Group'; Complete = $complete; Members = $members }
    }
}
try {
    $administrators = (New-Object Security.Principal.SecurityIdentifier('S-1-5-32-544')).Translate([Security.Principal.NTAccount]).Value.Split('\')[-1]
    Save-Tool 'net.exe' "localgroup `"$administrators`"" 'net-localgroup-administrators.txt'
} catch {
    Add-Failure 'net.exe localgroup (S-1-5-32-544)' $_.Exception.Message
}

# レジストリ / registry
$winlogon = 'Microsoft\Windows NT\CurrentVersion\Winlogon\SpecialAccounts\UserList'
Save-Key "HKEY_LOCAL_MACHINE\SOFTWARE\$winlogon" 'userlist.reg'
Save-Key "HKEY_LOCAL_MACHINE\SOFTWARE\Wow6432Node\$winlogon" 'userlist-wow64.reg'
$keys = @('Run', 'RunOnce', 'Uninstall')
foreach ($key in $keys) {
    $low = $key.ToLowerInvariant()
    Save-Key "HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\$key" "$low.reg"
    Save-Key "HKEY_LOCAL_MACHINE\SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\$key" "$low-wow64.reg"
    Save-Key "HKEY_CURRENT_USER\SOFTWARE\Microsoft\Windows\CurrentVersion\$key" "$low-user.reg"
}

# 証明書 / certificates
foreach ($store in 'My', 'Root', 'CA', 'TrustedPublisher', 'TrustedPeople') {
    Save-Tool 'certutil.exe' "-silent -store $store" "certificates-machine-$store.txt"
    Save-Tool 'certutil.exe' "-silent -user -store $store" "certificates-user-$store.txt"
}

# ファイアウォール、サービス、タスク、権利 / firewall, services, tasks, rights
Save-Json 'firewall.json' 'Get-NetFirewallRule | ConvertTo-Json' {
    Get-NetFirewallRule | Select-Object Name, DisplayName, Group, Enabled, Direction, Action, Profile
}
Save-Tool 'netsh.exe' 'advfirewall firewall show rule name=all verbose' 'firewall.txt'
Save-Tool 'sc.exe' 'query type= service state= all' 'services.txt'
Save-Tool 'sc.exe' 'query type= driver state= all' 'drivers.txt'
# 問い合わせを許さないサービスが一つあるだけで止まらないようにする。
# One service that may not be queried is no reason to stop.
$services = @(Get-Service -ErrorAction SilentlyContinue -ErrorVariable refused)
foreach ($one in $refused) { Add-Failure 'Get-Service' $one.Exception.Message }
foreach ($service in $services) {
    if ($service.Name -match '^[\w .$@(){}+,\-]+$') {
        Invoke-Tool 'sc.exe' "qc `"$($service.Name)`" 8192" 'services-programs.txt' -Append | Out-Null
    } else {
        Add-Failure 'sc.exe qc' "名を引数にできない / not a name for an argument: $($service.Name)"
    }
}
Add-Record @('file', 'services-programs.txt', 'sc.exe qc')
Save-Tool 'schtasks.exe' '/query /xml ONE' 'tasks.xml'
if ($admin) {
    $target = Join-Path $Out 'rights.inf'
    if (Invoke-Tool 'secedit.exe' "/export /cfg `"$target`" /areas USER_RIGHTS" 'secedit-messages.txt') {
        Add-Record @('file', 'rights.inf', 'secedit.exe /export')
        Write-Host '  rights.inf'
    }
    Remove-OwnFile 'secedit-messages.txt'
} else {
    Add-Failure 'secedit.exe /export' '管理者として実行していない / not run as administrator'
}

# アクセス権 / who may do what with the files
$number = 0
[Environment]::CurrentDirectory = (Get-Location).ProviderPath
foreach ($one in $Path) {
    $number++
    $presence = Get-Presence $one
    if ($presence -ne 'there' -and $presence -ne 'absent') {
        Add-Failure "icacls.exe $one" $presence
        continue
    }
    if ($presence -eq 'absent') {
        Add-Record @('absent', 'path', $one)
        Write-Host "  (なし / not there) $one"
        continue
    }
    $full = [System.IO.Path]::GetFullPath($one).TrimEnd('\')
    if ($full.EndsWith(':')) { $full = "$full\." }
    $tree = ''
    if ($Recurse) { $tree = ' /T' }
    Save-Tool 'icacls.exe' "`"$full`"$tree" "acl-$number.txt"
    $target = Join-Path $Out "acl-$number.sddl.txt"
    if (Invoke-Tool 'icacls.exe' "`"$full`" /save `"$target`"$tree" 'icacls-messages.txt') {
        Add-Record @('file', "acl-$number.sddl.txt", "icacls.exe `"$full`" /save$tree")
        Write-Host "  acl-$number.sddl.txt"
    }
    Remove-OwnFile 'icacls-messages.txt'
}

Add-Record @('ended', (Get-Date).ToString('o'))
[System.IO.File]::WriteAllLines((Join-Path $Out 'collected.txt'), $script:record, $utf8)
Write-Host '  collected.txt'
if ($script:failed.Count -gt 0) {
    Write-Host '収集できなかったもの / could not be collected:'
    $script:failed | ForEach-Object { Write-Host "  $_" }
}
Write-Host "完了 / done: $Out"
