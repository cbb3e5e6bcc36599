; What the installer says in Indonesian. It is laid over the English messages of Inno Setup, which brings no
; Indonesian of its own: what is missing here is something a person never sees in ours.

[LangOptions]
LanguageName=Bahasa Indonesia
LanguageID=$0421
LanguageCodePage=0

[Messages]
SetupAppTitle=Pemasangan
SetupWindowTitle=Pasang %1
UninstallAppTitle=Hapus Program
UninstallAppFullTitle=Hapus %1
InformationTitle=Informasi
ConfirmTitle=Konfirmasi
ErrorTitle=Kesalahan

SetupLdrStartupMessage=%1 akan dipasang. Lanjutkan?
LdrCannotCreateTemp=Berkas sementara tidak bisa dibuat. Pemasangan dihentikan
LdrCannotExecTemp=Berkas di folder sementara tidak bisa dijalankan. Pemasangan dihentikan
LastErrorMessage=%1.%n%nKesalahan %2: %3
SetupFileMissing=Berkas %1 tidak ada. Ambil lagi berkas pemasangnya.
SetupFileCorrupt=Berkas pemasang ini rusak. Ambil lagi berkas pemasangnya.
SetupFileCorruptOrWrongVer=Berkas pemasang ini rusak atau berasal dari versi lain. Ambil lagi berkas pemasangnya.
SetupAlreadyRunning=Pemasangan sudah berjalan.
WindowsVersionNotSupported=Program ini tidak bisa berjalan di versi Windows pada komputer ini.
OnlyOnTheseArchitectures=Program ini hanya bisa dipasang di Windows untuk prosesor:%n%n%1
WinVersionTooLowError=Program ini memerlukan %1 versi %2 atau yang lebih baru.
SetupAppRunningError=%1 sedang terbuka.%n%nTutup dahulu semua jendelanya, lalu klik OK untuk melanjutkan, atau Batal untuk keluar.
UninstallAppRunningError=%1 sedang terbuka.%n%nTutup dahulu semua jendelanya, lalu klik OK untuk melanjutkan, atau Batal untuk keluar.

ErrorCreatingDir=Folder "%1" tidak bisa dibuat
ErrorTooManyFilesInDir=Berkas tidak bisa dibuat di folder "%1" karena isinya terlalu banyak

ExitSetupTitle=Keluar dari pemasangan
ExitSetupMessage=Pemasangan belum selesai. Jika keluar sekarang, program tidak terpasang.%n%nAnda bisa memasangnya lain waktu.%n%nKeluar?

ButtonBack=< &Kembali
ButtonNext=&Lanjut >
ButtonInstall=&Pasang
ButtonOK=OK
ButtonCancel=Batal
ButtonYes=&Ya
ButtonYesToAll=Ya untuk &semua
ButtonNo=&Tidak
ButtonNoToAll=T&idak untuk semua
ButtonFinish=&Selesai
ButtonBrowse=&Cari...
ButtonWizardBrowse=C&ari...
ButtonNewFolder=&Buat folder baru

SelectLanguageTitle=Pilih bahasa
SelectLanguageLabel=Bahasa yang dipakai selama pemasangan:

ClickNext=Klik Lanjut untuk melanjutkan, atau Batal untuk keluar.
BrowseDialogTitle=Cari folder
BrowseDialogLabel=Pilih folder di bawah ini, lalu klik OK.
NewFolderName=Folder baru

WelcomeLabel1=Selamat datang di [name]
WelcomeLabel2=[name/ver] akan dipasang di komputer ini.%n%nSebaiknya tutup dahulu program lain.

WizardSelectDir=Pilih tempat
SelectDirDesc=Di mana [name] dipasang?
SelectDirLabel3=[name] akan dipasang di folder ini.
SelectDirBrowseLabel=Klik Lanjut untuk melanjutkan. Untuk memilih folder lain, klik Cari.
DiskSpaceMBLabel=Diperlukan ruang kosong paling sedikit [mb] MB.
CannotInstallToNetworkDrive=Program tidak bisa dipasang di drive jaringan.
CannotInstallToUNCPath=Program tidak bisa dipasang di alamat jaringan.
InvalidPath=Tulis alamat folder lengkap dengan huruf drive, misalnya:%n%nC:\APP
InvalidDrive=Drive itu tidak ada atau tidak bisa dibuka. Pilih yang lain.
DiskSpaceWarningTitle=Ruang tidak cukup
DiskSpaceWarning=Diperlukan ruang kosong paling sedikit %1 KB, tetapi di drive itu hanya ada %2 KB.%n%nTetap lanjutkan?
DirNameTooLong=Nama folder terlalu panjang.
InvalidDirName=Nama folder tidak benar.
BadDirName32=Nama folder tidak boleh memuat salah satu tanda ini:%n%n%1
DirExistsTitle=Folder sudah ada
DirExists=Folder:%n%n%1%n%nsudah ada. Tetap pasang di sana?
DirDoesntExistTitle=Folder belum ada
DirDoesntExist=Folder:%n%n%1%n%nbelum ada. Buat foldernya?

WizardSelectTasks=Pilihan tambahan
SelectTasksDesc=Apa lagi yang perlu dikerjakan?
SelectTasksLabel2=Pilih yang perlu dikerjakan selama [name] dipasang, lalu klik Lanjut.

WizardReady=Siap memasang
ReadyLabel1=[name] siap dipasang di komputer ini.
ReadyLabel2a=Klik Pasang untuk memasang, atau Kembali untuk mengubah pilihan.
ReadyLabel2b=Klik Pasang untuk memasang.
ReadyMemoDir=Tempat:
ReadyMemoTasks=Pilihan tambahan:

WizardPreparing=Menyiapkan
PreparingDesc=Menyiapkan pemasangan [name] di komputer ini.
PreviousInstallNotCompleted=Pemasangan atau penghapusan program sebelumnya belum selesai. Mulai ulang komputer untuk menyelesaikannya.%n%nSesudah itu jalankan lagi pemasangan [name].
CannotContinue=Pemasangan tidak bisa dilanjutkan. Klik Batal untuk keluar.
ApplicationsFound=Program berikut memakai berkas yang perlu diperbarui. Sebaiknya biarkan program itu ditutup sendiri.
ApplicationsFound2=Program berikut memakai berkas yang perlu diperbarui. Sebaiknya biarkan program itu ditutup sendiri; sesudahnya dibuka lagi.
CloseApplications=&Tutup program itu sekarang
DontCloseApplications=&Jangan ditutup
ErrorCloseApplications=Tidak semua program bisa ditutup. Tutup dahulu program yang memakai berkas Lumbung, lalu lanjutkan.

WizardInstalling=Memasang
InstallingLabel=Tunggu, [name] sedang dipasang di komputer ini.

FinishedHeadingLabel=[name] sudah terpasang
FinishedLabelNoIcons=[name] sudah terpasang di komputer ini.
FinishedLabel=[name] sudah terpasang di komputer ini. Bukalah lewat ikonnya.
ClickFinish=Klik Selesai untuk keluar.
FinishedRestartLabel=Untuk menyelesaikan pemasangan [name], komputer perlu dimulai ulang. Mulai ulang sekarang?
FinishedRestartMessage=Untuk menyelesaikan pemasangan [name], komputer perlu dimulai ulang.%n%nMulai ulang sekarang?
YesRadio=&Ya, mulai ulang sekarang
NoRadio=&Tidak, nanti saja
RunEntryExec=Jalankan %1
RunEntryShellExec=Lihat %1

SetupAborted=Pemasangan tidak selesai.%n%nPerbaiki masalahnya, lalu jalankan lagi.
AbortRetryIgnoreRetry=Coba lagi
AbortRetryIgnoreIgnore=Tetap lanjutkan
AbortRetryIgnoreCancel=Batalkan pemasangan

StatusClosingApplications=Menutup program...
StatusCreateDirs=Membuat folder...
StatusExtractFiles=Menyalin berkas...
StatusCreateIcons=Membuat ikon...
StatusCreateRegistryEntries=Mendaftarkan jenis berkas...
StatusSavingUninstall=Menyimpan keterangan untuk penghapusan...
StatusRunProgram=Menyelesaikan pemasangan...
StatusRestartingApplications=Membuka lagi program...
StatusRollback=Mengembalikan seperti semula...

ErrorInternal2=Kesalahan di dalam: %1
ErrorFunctionFailedNoCode=%1 gagal
ErrorFunctionFailed=%1 gagal; kode %2
ErrorFunctionFailedWithMessage=%1 gagal; kode %2.%n%3
ErrorExecutingProgram=Berkas ini tidak bisa dijalankan:%n%1

UninstallNotFound=Berkas "%1" tidak ada. Program tidak bisa dihapus.
UninstallOpenError=Berkas "%1" tidak bisa dibuka. Program tidak bisa dihapus
ConfirmUninstall=Hapus %1 dari komputer ini? Buku dan salinan Anda tidak ikut dihapus.
UninstallStatusLabel=Tunggu, %1 sedang dihapus dari komputer ini.
UninstalledAll=%1 sudah dihapus dari komputer ini.
UninstalledMost=%1 sudah dihapus.%n%nBeberapa berkas tidak bisa dihapus. Hapuslah sendiri bila perlu.
UninstalledAndNeedsRestart=Untuk menyelesaikan penghapusan %1, komputer perlu dimulai ulang.%n%nMulai ulang sekarang?
ShutdownBlockReasonInstallingApp=Memasang %1.
ShutdownBlockReasonUninstallingApp=Menghapus %1.
