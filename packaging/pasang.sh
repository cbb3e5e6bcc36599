#!/bin/sh
# Installs Lumbung for one person on Linux, without root: `sh pasang.sh`; `sh pasang.sh --hapus` takes it off
# again. Books, backups and settings (~/.local/share/Lumbung, ~/.config/Lumbung) are never touched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
place=$data/lumbung-program
bin=$HOME/.local/bin

files="$bin/lumbung $data/applications/lumbung.desktop $data/mime/packages/lumbung.xml"
for size in 48 128 256; do
    files="$files $data/icons/hicolor/${size}x${size}/apps/lumbung.png"
done

tell_desktop() {
    # Where one of these is missing the desktop finds the files by itself at the next login.
    if command -v update-desktop-database >/dev/null; then update-desktop-database -q "$data/applications"; fi
    if command -v update-mime-database >/dev/null; then update-mime-database "$data/mime"; fi
    if command -v gtk-update-icon-cache >/dev/null; then gtk-update-icon-cache -qtf "$data/icons/hicolor" || true; fi
}

if [ "${1:-}" = "--hapus" ]; then
    rm -rf "$place"
    for file in $files; do rm -f "$file"; done
    tell_desktop
    echo "Lumbung sudah dihapus. Buku, salinan, dan pengaturan Anda tidak dihapus."
    exit 0
fi

mkdir -p "$bin" "$data/applications" "$data/mime/packages"
rm -rf "$place.baru"
cp -R "$here/Lumbung" "$place.baru"
rm -rf "$place"
mv "$place.baru" "$place"
ln -sfn "$place/lumbung" "$bin/lumbung"
# The menu may not have ~/.local/bin on its PATH, so the whole way stands in the entry.
sed "s|^Exec=lumbung |Exec=\"$place/lumbung\" |" "$here/lumbung.desktop" >"$data/applications/lumbung.desktop"
cp "$here/lumbung-mime.xml" "$data/mime/packages/lumbung.xml"
for size in 48 128 256; do
    mkdir -p "$data/icons/hicolor/${size}x${size}/apps"
    cp "$here/lumbung-$size.png" "$data/icons/hicolor/${size}x${size}/apps/lumbung.png"
done
tell_desktop
echo "Lumbung sudah terpasang: cari \"Lumbung\" di menu, atau ketik $bin/lumbung."
