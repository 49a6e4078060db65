import QtQuick
import Mirror

// Plain words on the glass.
Text {
    color: Theme.foreground
    font.family: Theme.sansFamily
    font.pixelSize: Theme.bodySize
    font.hintingPreference: Font.PreferNoHinting
    font.features: {
        "tnum": 1
    }
    wrapMode: Text.Wrap
    // Said outright, so that it turns with the layout and not with the first letter.
    horizontalAlignment: Text.AlignLeft
    lineHeight: 1.18
    textFormat: Text.PlainText
}
