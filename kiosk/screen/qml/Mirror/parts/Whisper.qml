import QtQuick
import Mirror

// Words that stand back.
Say {
    color: Theme.ash
    font.pixelSize: Theme.small
}
