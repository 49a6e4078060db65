import QtQuick
import Mirror

// Running text in the sans-serif family.
Text {
    color: Theme.foreground
    font.family: Theme.sansFamily
    font.pixelSize: Theme.bodySize
    font.hintingPreference: Font.PreferNoHinting
    font.features: {
        "tnum": 1
    }
    wrapMode: Text.Wrap
    // Explicit, so that the alignment follows the layout direction and not the first letter.
    horizontalAlignment: Text.AlignLeft
    lineHeight: 1.18
    textFormat: Text.PlainText
}
