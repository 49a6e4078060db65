"""The few words of a receipt, in every language of the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """What stands on a receipt beside names and figures."""

    thanks: str
    receipt: str
    total: str
    tax: str
    paid_with: str
    terminal: str
    stored: str
    keep: str
    returned: str
    paid_back: str


WORDS = {
    "en": ReceiptWords(
        "Thank you. We hope to see you again.", "Receipt", "Total", "Tax included", "Paid with", "Card", "Stored card",
        "This page is your receipt; keep it or print it.", "returned", "Paid back",
    ),
    "de": ReceiptWords(
        "Danke. Wir freuen uns auf Ihren nächsten Besuch.", "Beleg", "Summe", "Enthaltene Steuer", "Bezahlt mit",
        "Karte", "Hinterlegter Karte", "Diese Seite ist Ihr Beleg; bewahren Sie sie auf oder drucken Sie sie aus.",
        "zurückgegeben", "Erstattet",
    ),
    "fr": ReceiptWords(
        "Merci. Au plaisir de vous revoir.", "Reçu", "Total", "Dont TVA", "Payé par", "Carte", "Carte enregistrée",
        "Cette page est votre reçu ; gardez-la ou imprimez-la.", "rendu", "Remboursé",
    ),
    "es": ReceiptWords(
        "Gracias. Esperamos verle pronto.", "Recibo", "Total", "Impuesto incluido", "Pagado con", "Tarjeta",
        "Tarjeta guardada", "Esta página es su recibo; guárdela o imprímala.", "devuelto", "Reembolsado",
    ),
    "it": ReceiptWords(
        "Grazie. A presto.", "Ricevuta", "Totale", "IVA inclusa", "Pagato con", "Carta", "Carta salvata",
        "Questa pagina è la sua ricevuta; la conservi o la stampi.", "reso", "Rimborsato",
    ),
    "ja": ReceiptWords(
        "ありがとうございました。またのお越しをお待ちしております。", "領収書", "合計", "内消費税", "お支払い方法",
        "カード", "登録済みカード", "このページが領収書です。保存または印刷してください。", "返品済み", "返金額",
    ),
    "zh": ReceiptWords(
        "谢谢惠顾,期待您再次光临。", "收据", "合计", "含税", "支付方式", "银行卡", "已存银行卡",
        "本页即为收据,请保存或打印。", "已退货", "已退款",
    ),
    "ar": ReceiptWords(
        "شكرًا لك. نتطلع إلى رؤيتك مجددًا.", "إيصال", "الإجمالي", "الضريبة المشمولة", "الدفع بواسطة", "بطاقة",
        "بطاقة محفوظة", "هذه الصفحة هي إيصالك؛ احتفظ بها أو اطبعها.", "مُرجَع", "المبلغ المُعاد",
    ),
}  # fmt: skip
