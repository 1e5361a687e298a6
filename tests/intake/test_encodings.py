"""The encoding of text is told from the letters of its language."""

from itertools import product

import pytest

from cardable.intake.files.encodings import guessed

_FRENCH = "Société Générale à Évry, réglé le 3 août ; façade, garçon, œuvre"
_GERMAN = "Müller & Söhne GmbH, Straße 5, Köln; Überweisung Gebühr"
_SPANISH = "Compañía Española, Montaje eléctrico, Año 2020, nº 12"
_POLISH = "Spółka z ograniczoną odpowiedzialnością, Łódź, płatność, Kraków, należność"
_CZECH = "Dodavatel, částka, příjemce, číslo účtu, Česká spořitelna, měsíc, účel"
_RUSSIAN = "Поставщик, дата оплаты, сумма, счёт номер"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        *product(("cp1252", "mac_roman", "cp850"), (_FRENCH, _GERMAN, _SPANISH)),
        ("cp1252", "Fornecedor; Descrição; Serviços de manutenção; São João; Não"),
        ("cp1252", "Müller, Société, Compañía, Ålesund"),
        ("cp1250", _POLISH), ("cp1250", _CZECH), ("iso8859_2", _POLISH), ("cp852", _POLISH),
        ("cp1250", "Számla összege, fizetési határidő, Győr, szállító, műszaki, fűtés"),
        ("cp1251", _RUSSIAN), ("koi8_r", _RUSSIAN), ("cp866", _RUSSIAN),
        ("cp1253", "Προμηθευτής, ημερομηνία, ποσό"), ("cp1256", "المورد تاريخ المبلغ"),
        ("cp1254", "Şirket, ödeme tarihi, İstanbul, tutarı, müşteri, ığdır"),
        ("gb18030", "交易时间,商品名称,金额(元),支付状态"), ("big5", "交易時間,商品名稱,金額,供應商"),
        ("cp932", "取引先名、請求書番号、支払日、合計金額 カード"), ("cp949", "거래처명, 금액, 일자, 주소"),
        ("euc_jp", "取引先名、請求書番号、支払日、合計金額 カード"),
    ],
)  # fmt: skip
def test_a_line_is_enough(encoding: str, text: str) -> None:
    content = text.encode(encoding, "ignore")
    assert content.decode(guessed(content + b"\n")) == content.decode(encoding)


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("cp1252", b"2012 \x96 2013 John\x92s \x93q\x94\n"),
        ("cp1252", b"\xa3 500\n"),
        ("cp1252", b"FX\xa0;1;CTD\n"),
        ("mac_roman", "2012 – 2013 John’s “q” £5\n".encode("mac_roman")),
        ("mac_roman", b"\xa3 500\r"),
    ],
)
def test_typography_and_signs_are_enough(encoding: str, content: bytes) -> None:
    assert guessed(content) == encoding
