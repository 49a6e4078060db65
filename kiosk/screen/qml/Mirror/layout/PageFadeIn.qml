import QtQuick
import Mirror

// Fades a page in while it moves up to its place.
SequentialAnimation {
    id: fade

    property Loader target: null

    PauseAnimation {
        duration: Theme.shortMs / 2
    }
    ParallelAnimation {
        NumberAnimation {
            target: fade.target
            property: "opacity"
            to: Theme.fullOpacity
            duration: Theme.mediumMs
            easing.type: Easing.OutCubic
        }
        NumberAnimation {
            target: fade.target
            property: "y"
            from: Theme.slideDistance
            to: 0
            duration: Theme.longMs
            easing.type: Easing.OutCubic
        }
    }
}
