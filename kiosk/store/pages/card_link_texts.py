"""What the page of a card's link says, in every language of the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CardWords:
    """`hello` greets with {name}; `welcome` without. Each page has a line of its own, and all have the last one."""

    hello: str
    welcome: str
    proved: str
    plain: str
    used: str
    refused: str
    busy: str
    found: str


WORDS = {
    "en": CardWords(
        "Good day, {name}.", "Good day.",
        "Your card is genuine. Lay it on the glass of a fitting room, and the mirror knows your sizes.",
        "Lay your card on the glass of a fitting room, or hold it to your phone once more.",
        "This link has served. Hold the card to your phone once more.",
        "This card could not prove itself. Please ask one of us.",
        "A moment, please. Hold the card to your phone once more in a minute.",
        "Found this card? Please hand it to anybody in the shop.",
    ),
    "de": CardWords(
        "Guten Tag, {name}.", "Guten Tag.",
        "Ihre Karte ist echt. Legen Sie sie in der Kabine an das Glas, und der Spiegel kennt Ihre Größen.",
        "Legen Sie Ihre Karte in der Kabine an das Glas, oder halten Sie sie noch einmal an Ihr Telefon.",
        "Dieser Link hat gedient. Halten Sie die Karte noch einmal an Ihr Telefon.",
        "Diese Karte konnte sich nicht ausweisen. Bitte sprechen Sie uns an.",
        "Einen Augenblick bitte. Halten Sie die Karte in einer Minute noch einmal an Ihr Telefon.",
        "Karte gefunden? Bitte geben Sie sie im Geschäft ab.",
    ),
    "fr": CardWords(
        "Bonjour {name}.", "Bonjour.",
        "Votre carte est authentique. Posez-la sur le miroir d’une cabine : il connaît vos tailles.",
        "Posez votre carte sur le miroir d’une cabine, ou approchez-la encore une fois de votre téléphone.",
        "Ce lien a servi. Approchez encore une fois la carte de votre téléphone.",
        "Cette carte n’a pas pu être vérifiée. Adressez-vous à nous.",
        "Un instant, s’il vous plaît. Approchez de nouveau la carte dans une minute.",
        "Vous avez trouvé cette carte ? Merci de la remettre en boutique.",
    ),
    "es": CardWords(
        "Buenos días, {name}.", "Buenos días.",
        "Su tarjeta es auténtica. Apóyela en el espejo de un probador y conocerá sus tallas.",
        "Apoye su tarjeta en el espejo de un probador, o acérquela de nuevo a su teléfono.",
        "Este enlace ya se usó. Acerque de nuevo la tarjeta a su teléfono.",
        "Esta tarjeta no se ha podido comprobar. Pregúntenos, por favor.",
        "Un momento, por favor. Acerque de nuevo la tarjeta dentro de un minuto.",
        "¿Ha encontrado esta tarjeta? Entréguela en la tienda, por favor.",
    ),
    "it": CardWords(
        "Buongiorno, {name}.", "Buongiorno.",
        "La sua carta è autentica. La appoggi allo specchio di un camerino: conosce le sue taglie.",
        "Appoggi la carta allo specchio di un camerino, o la avvicini ancora una volta al telefono.",
        "Questo link è già stato usato. Avvicini ancora una volta la carta al telefono.",
        "Non è stato possibile verificare questa carta. Si rivolga a noi.",
        "Un momento, per favore. Avvicini di nuovo la carta tra un minuto.",
        "Ha trovato questa carta? La consegni in negozio, per favore.",
    ),
    "ja": CardWords(
        "{name}様、ようこそ。", "ようこそ。",
        "カードは本物です。試着室の鏡にかざすと、お客様のサイズがわかります。",
        "試着室の鏡にカードをかざすか、もう一度スマートフォンにかざしてください。",
        "このリンクは使用済みです。もう一度カードをスマートフォンにかざしてください。",
        "このカードを確認できませんでした。スタッフにお声がけください。",
        "少々お待ちください。1分後にもう一度かざしてください。",
        "このカードを拾われた方は、店舗までお届けください。",
    ),
    "zh": CardWords(
        "{name},您好。", "您好。",
        "您的会员卡真实有效。在试衣间将卡贴近镜面,镜子便知道您的尺码。",
        "请在试衣间将卡贴近镜面,或再次贴近您的手机。",
        "此链接已使用。请再次将卡贴近手机。",
        "此卡无法验证,请咨询店员。",
        "请稍候,一分钟后再将卡贴近手机。",
        "拾到此卡?请交给店内任意店员。",
    ),
    "ar": CardWords(
        "أهلًا بك، {name}.", "أهلًا بك.",
        "بطاقتك أصلية. ضعها على مرآة غرفة القياس لتعرف المرآة مقاساتك.",
        "ضع بطاقتك على مرآة غرفة القياس، أو قرّبها من هاتفك مرة أخرى.",
        "استُخدم هذا الرابط من قبل. قرّب البطاقة من هاتفك مرة أخرى.",
        "تعذّر التحقق من هذه البطاقة. يُرجى سؤال أحدنا.",
        "لحظة من فضلك. قرّب البطاقة من هاتفك مرة أخرى بعد دقيقة.",
        "هل وجدت هذه البطاقة؟ يُرجى تسليمها لأي موظف في المتجر.",
    ),
}  # fmt: skip
