import QtQuick
import Mirror

// Text in the serif family. Shrinks to at least 60 % where a part that cannot be broken is wider than `maxWidth`.
Text {
    id: title

    property real size: Theme.titleSize
    // Width at which the text wraps; 0: no limit.
    property real maxWidth: 0
    // Chinese, Japanese and Korean are broken between any two letters, Thai, Lao, Khmer and Burmese within what looks
    // like one word (Unicode Standard Annex 14): there a part is one letter. So is what lies outside the basic plane.
    readonly property string longest: (text.match(/[\ud800-\udbff][\udc00-\udfff]|[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]|[^\s\u00ad\u200b\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\udfff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef-]+/g) ?? [""]).reduce((one, other) => other.length > one.length ? other : one, "")
    // A short heading without blanks keeps its words whole: it fits in one line if that takes at most a fifth of its size.
    readonly property bool oneLine: wrapMode !== Text.NoWrap && size >= Theme.unit * 56 && /[\u3040-\u30ff\u3400-\u9fff]/.test(text) && wholeText.advanceWidth > maxWidth && wholeText.advanceWidth * 0.8 <= maxWidth
    readonly property real widest: oneLine ? wholeText.advanceWidth : longestWord.advanceWidth
    readonly property real shrink: wrapMode === Text.NoWrap || maxWidth <= 0 || widest <= maxWidth ? 1 : Math.max(0.6, maxWidth / widest * 0.99)

    width: maxWidth > 0 ? maxWidth : implicitWidth
    color: Theme.foreground
    font.family: Theme.serifFamily
    // a size is rounded to whole pixels, and must not be rounded up where it is to fit
    font.pixelSize: shrink < 1 ? Math.floor(size * shrink) : size
    font.hintingPreference: Font.PreferNoHinting
    font.features: {
        "lnum": 1
    }
    wrapMode: Text.Wrap
    // Explicit, so that the alignment follows the layout direction and not the first letter.
    horizontalAlignment: Text.AlignLeft
    lineHeight: 0.98
    textFormat: Text.PlainText

    TextMetrics {
        id: wholeText

        text: title.size >= Theme.unit * 56 ? title.text : ""
        font: longestWord.font
    }
    TextMetrics {
        id: longestWord

        text: title.longest
        font.family: title.font.family
        font.italic: title.font.italic
        font.letterSpacing: title.font.letterSpacing
        font.pixelSize: Math.max(1, title.size)
    }
}
