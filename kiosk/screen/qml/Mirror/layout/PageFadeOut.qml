import QtQuick
import Mirror

// Fades a page out and then unloads it.
SequentialAnimation {
    id: fade

    property Loader target: null

    NumberAnimation {
        target: fade.target
        property: "opacity"
        to: 0
        duration: Theme.shortMs * 0.8
        easing.type: Easing.OutCubic
    }
    ScriptAction {
        script: fade.target.source = ""
    }
}
