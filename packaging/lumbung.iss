; The installer for Windows, made by Inno Setup 6: `iscc /DVersion=0.1.0 packaging\lumbung.iss` after build.spec.
; It installs for one person and asks for no administrator. Books and settings lie elsewhere
; (%LOCALAPPDATA%\Lumbung) and are never touched: not by an update, not by taking Lumbung off.

#ifndef Version
  #error Give the version: iscc /DVersion=0.1.0 packaging\lumbung.iss
#endif
#define Source "..\dist\Lumbung"

[Setup]
; The same for ever: it tells Windows that a newer version takes the place of the older one.
AppId={{6E3A2C1B-5E0B-4F3E-9C57-1D2A7B8F4C60}
AppName=Lumbung
AppVersion={#Version}
AppVerName=Lumbung {#Version}
AppPublisher=Lumbung
VersionInfoVersion={#Version}
; Where Windows keeps the programs of one person.
DefaultDirName={localappdata}\Programs\Lumbung
DefaultGroupName=Lumbung
DisableProgramGroupPage=yes
DisableDirPage=auto
DisableReadyPage=yes
PrivilegesRequired=lowest
; 64-bit Windows 10 1809 and later: what Qt 6 needs.
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir=..\dist
OutputBaseFilename=Lumbung-{#Version}-pasang
SetupIconFile=lumbung.ico
UninstallDisplayIcon={app}\lumbungw.exe
UninstallDisplayName=Lumbung
WizardStyle=modern
Compression=lzma2/max
SolidCompression=yes
; Windows is told at once that .lumbung files open with Lumbung.
ChangesAssociations=yes
; A running Lumbung is asked to close, so that an update never meets a file in use; its book is safe at any moment.
CloseApplications=yes
RestartApplications=no
ShowLanguageDialog=auto
LanguageDetectionMethod=uilanguage
UsePreviousLanguage=yes

[Languages]
; The first is what is shown where Windows speaks neither. Ours is laid over the English, file after file.
Name: "id"; MessagesFile: "compiler:Default.isl,Indonesian.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
id.DesktopIcon=Buat ikon Lumbung di &desktop
en.DesktopIcon=Put a Lumbung icon on the &desktop
id.BookType=Buku Lumbung
en.BookType=Lumbung book
id.Comment=Pembukuan usaha dan koperasi, tanpa internet
en.Comment=Bookkeeping for businesses and cooperatives, without internet
id.OpenNow=Buka Lumbung
en.OpenNow=Open Lumbung
id.BooksStay=Lumbung sudah dihapus dari komputer ini.%n%nBuku, salinan, dan pengaturan Anda TIDAK dihapus. Tempatnya:%n%1
en.BooksStay=Lumbung has been removed from this computer.%n%nYour books, backups and settings have NOT been deleted. They are in:%n%1

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"

[InstallDelete]
; Parts of an older version that a newer one no longer has must not stay beside it.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion
Source: "lumbung.ico"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{userprograms}\Lumbung"; Filename: "{app}\lumbungw.exe"; Comment: "{cm:Comment}"; AppUserModelID: "id.lumbung.Lumbung"
Name: "{userdesktop}\Lumbung"; Filename: "{app}\lumbungw.exe"; Comment: "{cm:Comment}"; AppUserModelID: "id.lumbung.Lumbung"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Software\Classes\.lumbung"; ValueType: string; ValueData: "Lumbung.Book"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\.lumbung"; ValueType: string; ValueName: "Content Type"; ValueData: "application/x-lumbung"; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\.lumbung\OpenWithProgids"; ValueType: string; ValueName: "Lumbung.Book"; ValueData: ""; Flags: uninsdeletevalue
Root: HKCU; Subkey: "Software\Classes\Lumbung.Book"; ValueType: string; ValueData: "{cm:BookType}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Lumbung.Book\DefaultIcon"; ValueType: string; ValueData: "{app}\lumbung.ico"
Root: HKCU; Subkey: "Software\Classes\Lumbung.Book\shell\open\command"; ValueType: string; ValueData: """{app}\lumbungw.exe"" ""%1"""
; So that `lumbung` is known in a command window: the folder itself stays off PATH.
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\lumbung.exe"; ValueType: string; ValueData: "{app}\lumbung.exe"; Flags: uninsdeletekey

[Run]
Filename: "{app}\lumbungw.exe"; Description: "{cm:OpenNow}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if (CurUninstallStep = usPostUninstall) and not UninstallSilent then
    MsgBox(FmtMessage(CustomMessage('BooksStay'), [ExpandConstant('{localappdata}\Lumbung')]), mbInformation, MB_OK);
end;
