import QtQuick
import Mirror
import Mirror.Glass as Facts

// The size advice: one kind sentence, and under it the reason, doubt included.
Column {
    id: words

    required property Facts.AdviceFacts advice

    spacing: Theme.u * 8
    visible: advice.present

    Title {
        room: parent.width
        text: SizeWords.head(words.advice.sizes, words.advice.sure, words.advice.reason)
        color: Theme.gold
        font.italic: Theme.slanted
        size: Theme.u * 46
    }
    Whisper {
        width: parent.width
        text: SizeWords.why(words.advice.sizes, words.advice.best, words.advice.reason, words.advice.usual, words.advice.kept, words.advice.of)
    }
}
