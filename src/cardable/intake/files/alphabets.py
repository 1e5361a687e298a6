"""The accented letters of languages, and the encodings each language was stored in."""

from typing import Final

# Letters of the longer alphabets stand in the order of how often they are written.
_WESTERN: Final = {
    "French": "éèêëàâçîïôùûüœæ",
    "German": "äöüßé",
    "Spanish": "áéíóúñü",
    "Portuguese": "áâãàçéêíóôõúü",
    "Italian": "àèéìòù",
    "Nordic": "åäöøæéð",
    "Dutch": "ëïéèöü",
    "Icelandic": "áéíóúýðþæö",
}
_CENTRAL: Final = {
    "Polish": "ąćęłńóśźż",
    "Czech": "áčďéěíňóřšťúůýž",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Hungarian": "áéíóöőúüű",
    "Croatian": "čćđšž",
    "Romanian": "ăâîşţșț",
}
_BALTIC: Final = {"Lithuanian": "ąčęėįšųūž", "Latvian": "āčēģīķļņšūž", "Estonian": "äõöüšž"}
_TURKISH: Final = {"Turkish": "çğıöşüâîİ"}
_CYRILLIC: Final = {"Cyrillic": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґўјљњћђџ"}
_GREEK: Final = {"Greek": "αοιετσνηυρπκμλςάόίέήύώδγχθφβξζψϊϋω"}
_HEBREW: Final = {"Hebrew": "יוהלאמרתבשםנחדעקפכטןסגזצךףץ"}
_ARABIC: Final = {"Arabic": "اليمونرتبةعدسفهكقأحجشطصخىإضزذءثئغظآؤ"}
_THAI: Final = {"Thai": "กขคงจฉชซญณดตถทธนบปผฝพฟภมยรลวศษสหอฮะาำเแโใไัิีึืุู็่้๊๋์ํๆ"}
_CHINESE: Final = {
    "Simplified Chinese": "的一是不了在有人中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过"
    "家学对可"
    "里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见"
    "经头面公同三已老从动两长"
    "金额期编号司名称单位数量商品订支付状态交易账户银款票客供应合计备注类型付款收入出"
    "支项目地址电话邮箱市省区月费税",
}
_TRADITIONAL: Final = {
    "Traditional Chinese": "的一是不了在有人中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過"
    "家學對可"
    "裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見"
    "經頭面公同三已老從動兩長"
    "金額期編號司名稱單位數量商品訂支付狀態交易帳戶銀款票客供應合計備註類型收入項目地址電話市省區月費稅",
}
_JAPANESE: Final = {
    "Japanese": "のにはをたがでてとしれさあるいもなこらりすくまきかけそよっンスルトアイリラシクド"
    "レジタフロカグマムチサ"
    "ー株式会社日付金額請求書番号取引先名住所電話月年支払振込税合計摘要",
}
_KOREAN: Final = {
    "Korean": "이다는의에가을를한고지로하사금일자대거래처명액주소번호계좌은행회합부세발급식시서구동전화기인"
}

LANGUAGES: Final = {
    "cp1252": _WESTERN, "mac_roman": _WESTERN, "cp850": _WESTERN, "cp1250": _CENTRAL, "iso8859_2": _CENTRAL,
    "cp852": _CENTRAL, "cp1257": _BALTIC, "cp1254": _TURKISH, "cp1251": _CYRILLIC, "koi8_r": _CYRILLIC,
    "cp866": _CYRILLIC, "cp1253": _GREEK, "cp1255": _HEBREW, "cp1256": _ARABIC, "cp874": _THAI,
    "gb18030": _CHINESE, "big5": _TRADITIONAL, "cp932": _JAPANESE, "euc_jp": _JAPANESE, "cp949": _KOREAN,
}  # fmt: skip
"""Encodings as Python names them, the likeliest first, each with the letters of its languages."""

OLD: Final = frozenset({"cp850", "cp852", "cp866", "iso8859_2"})
"""Encodings few programs still write; they must read clearly better to be believed."""

MULTIBYTE: Final = frozenset({"gb18030", "big5", "cp932", "euc_jp", "cp949"})

ANY_WESTERN: Final = frozenset("".join(_WESTERN.values()) + "".join(_WESTERN.values()).upper()) - {"S"}
"""A file may name suppliers of several countries."""
