"""Names, places and goods of Batang, Central Java, from which the sample books are drawn. All made up."""

from typing import NamedTuple

WOMEN = (
    "Siti", "Sri", "Endang", "Wahyuni", "Ngatiyem", "Suparmi", "Lestari", "Kusmiyati", "Rohmah", "Nur", "Dewi",
    "Tumini", "Umi", "Khotimah", "Rukmini", "Ponirah", "Yuliana", "Winarti", "Musrifah", "Tri", "Eni", "Ratna",
)  # fmt: skip
MEN = (
    "Slamet", "Bambang", "Sugeng", "Mulyono", "Hadi", "Suparjo", "Wagimin", "Joko", "Agus", "Budi", "Teguh",
    "Karsono", "Mashudi", "Rochmad", "Tarmuji", "Untung", "Warsito", "Zaenal", "Khoirul", "Darsono", "Imam",
)  # fmt: skip
LAST = (
    "Wulandari", "Rahayu", "Handayani", "Susanti", "Prasetyo", "Santoso", "Wibowo", "Nugroho", "Setiawan",
    "Suwarno", "Hidayat", "Riyanto", "Utomo", "Kurniawan", "Widodo", "Purnomo", "Astuti", "Maryati", "Saputra",
    "Cahyono", "Fauzi", "Sutrisno", "Hartono", "Puspitasari",
)  # fmt: skip
VILLAGES = (
    "Kauman", "Proyonanggan", "Kasepuhan", "Sambong", "Tulis", "Subah", "Limpung", "Bandar", "Warungasem",
    "Gringsing", "Reban", "Blado", "Bawang", "Kandeman",
)  # fmt: skip
TEAMS = ("Melati", "Kenanga", "Mawar", "Anggrek", "Dahlia")
OCCUPATIONS = (
    "Petani",
    "Pedagang",
    "Penjahit",
    "Nelayan",
    "Guru",
    "Buruh",
    "Sopir",
    "Ibu rumah tangga",
    "Perangkat desa",
)
PURPOSES = (
    "Modal dagang",
    "Pupuk dan bibit",
    "Biaya sekolah",
    "Perbaikan rumah",
    "Beli mesin jahit",
    "Ternak kambing",
)
# Name, whether a woman, the body they sit in, and their office there.
OFFICERS = (
    ("H. Mulyono, S.P.", False, "board", "Ketua"),
    ("Endang Lestari", True, "board", "Sekretaris"),
    ("Ngatiyem", True, "board", "Bendahara"),
    ("Suparjo", False, "supervisors", "Ketua"),
    ("Rohmah Handayani", True, "supervisors", "Anggota"),
)
BODIES = (
    "Kelompok Tani Sumber Makmur",
    "Gapoktan Tulis Jaya",
    "Kelompok Nelayan Mina Bahari",
    "KUD Tani Subur",
)
COLLATERALS = (
    ("BPKB sepeda motor", 9_000_000),
    ("Sertifikat tanah", 85_000_000),
    ("BPKB mobil bak", 60_000_000),
    ("Letter C sawah", 45_000_000),
)


class Good(NamedTuple):
    """A thing a warung sells: code, name, unit, what it costs and sells for, how it moves (1 slow, 9 fast)."""

    code: str
    name: str
    unit: str
    category: str
    cost: int
    price: int
    pace: int
    supplier: int


GOODS = (
    Good("B001", "Beras C4 Medium", "kg", "Sembako", 12_400, 13_500, 9, 0),
    Good("B002", "Gula Pasir", "kg", "Sembako", 16_100, 17_500, 8, 0),
    Good("B003", "Minyak Goreng 1 L", "btl", "Sembako", 17_250, 19_000, 8, 0),
    Good("B004", "Telur Ayam", "kg", "Sembako", 26_300, 29_000, 9, 1),
    Good("B005", "Tepung Terigu", "kg", "Sembako", 10_800, 12_500, 4, 0),
    Good("B006", "Mi Instan Goreng", "bks", "Sembako", 2_850, 3_500, 9, 0),
    Good("B007", "Kopi Bubuk 65 g", "bks", "Minuman", 5_700, 7_000, 6, 2),
    Good("B008", "Teh Celup", "kotak", "Minuman", 6_150, 7_500, 4, 2),
    Good("B009", "Susu Kental Manis", "klg", "Minuman", 11_400, 13_000, 4, 2),
    Good("B010", "Air Mineral 600 ml", "btl", "Minuman", 2_650, 4_000, 8, 2),
    Good("B011", "Sabun Mandi", "bh", "Kebersihan", 3_150, 4_000, 5, 3),
    Good("B012", "Deterjen 800 g", "bks", "Kebersihan", 17_600, 20_500, 4, 3),
    Good("B013", "Sampo Saset", "bh", "Kebersihan", 780, 1_000, 7, 3),
    Good("B014", "Pasta Gigi", "bh", "Kebersihan", 10_300, 12_500, 3, 3),
    Good("B015", "Kecap Manis 275 ml", "btl", "Bumbu", 10_900, 13_000, 3, 0),
    Good("B016", "Garam Halus", "bks", "Bumbu", 2_200, 3_000, 3, 0),
    Good("B017", "Bawang Merah", "kg", "Bumbu", 29_500, 34_000, 5, 1),
    Good("B018", "Cabai Rawit", "kg", "Bumbu", 43_500, 51_000, 4, 1),
    Good("B019", "Gas LPG 3 kg", "tbg", "Lain", 18_600, 22_000, 6, 2),
    Good("B020", "Rokok Kretek 12", "bks", "Lain", 17_900, 20_000, 7, 3),
    Good("B021", "Kerupuk Udang", "bks", "Makanan", 7_600, 10_000, 3, 1),
    Good("B022", "Tahu Putih", "bks", "Makanan", 3_900, 5_000, 6, 1),
)
SUPPLIERS = ("UD Makmur Jaya", "Pasar Batang (Bu Tumini)", "CV Sumber Rejeki", "Toko Grosir Amanah")
CUSTOMERS = (
    "Bu Endang", "Pak Slamet", "Bu Nur Khotimah", "Pak RT Mashudi", "Warung Kopi Pojok", "Bu Ponirah",
    "Pak Teguh", "Katering Bu Ratna",
)  # fmt: skip
