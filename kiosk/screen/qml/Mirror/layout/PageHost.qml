import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Shows the scene's page and lets the one before it fade; pages are loaded when they are needed first.
Item {
    id: host

    required property ViewModels.MirrorViewModel mirror
    readonly property ViewModels.Scene scene: mirror.scene
    readonly property string wanted: scene.dark ? "dark" : scene.page
    property string shown: ""
    property bool frontIsA: true
    readonly property bool dressed: !["", "rest", "away", "dark"].includes(wanted)

    readonly property var files: ({
            "dark": "../pages/DarkPage.qml",
            "rest": "../pages/RestPage.qml",
            "wardrobe": "../pages/WardrobePage.qml",
            "garment": "../pages/GarmentPage.qml",
            "look": "../pages/LookPage.qml",
            "sizes": "../pages/SizesPage.qml",
            "fit": "../pages/FitPage.qml",
            "ask": "../pages/AskPage.qml",
            "request": "../pages/RequestPage.qml",
            "basket": "../pages/BasketPage.qml",
            "pay": "../pages/PayPage.qml",
            "receipt": "../pages/ReceiptPage.qml",
            "away": "../pages/AwayPage.qml"
        })

    onWantedChanged: turn()
    Component.onCompleted: turn()

    function turn() {
        if (wanted === shown || !(wanted in files))
            return;
        shown = wanted;
        frontIsA = !frontIsA;
        const front = frontIsA ? pageA : pageB;
        const back = frontIsA ? pageB : pageA;
        front.setSource(files[wanted], {
            "mirror": mirror
        });
        front.z = 1;
        back.z = 0;
        foot.languagesOpen = false;
        if (Theme.noMotion) {
            back.source = "";
            return;
        }
        leaving.target = back;
        leaving.restart();
        coming.stop();
        front.opacity = 0;
        coming.target = front;
        coming.restart();
    }

    Item {
        id: pages

        width: parent.width
        height: parent.height
        opacity: foot.languagesOpen ? 0.08 : 1

        Behavior on opacity {
            enabled: !Theme.noMotion

            NumberAnimation {
                duration: Theme.shortMs
                easing.type: Easing.OutCubic
            }
        }

        Loader {
            id: pageA

            width: parent.width
            height: parent.height
            enabled: host.frontIsA
        }
        Loader {
            id: pageB

            width: parent.width
            height: parent.height
            enabled: !host.frontIsA
        }
    }
    // While a language is chosen, a touch beside the names closes them.
    TouchArea {
        anchors.fill: parent
        enabled: foot.languagesOpen
        visible: foot.languagesOpen
        opacity: 1
        onTouched: foot.languagesOpen = false
    }

    SequentialAnimation {
        id: leaving

        property Loader target: null

        NumberAnimation {
            target: leaving.target
            property: "opacity"
            to: 0
            duration: Theme.shortMs * 0.8
            easing.type: Easing.OutCubic
        }
        ScriptAction {
            script: leaving.target.source = ""
        }
    }
    SequentialAnimation {
        id: coming

        property Loader target: null

        PauseAnimation {
            duration: Theme.shortMs / 2
        }
        ParallelAnimation {
            NumberAnimation {
                target: coming.target
                property: "opacity"
                to: Theme.fullOpacity
                duration: Theme.mediumMs
                easing.type: Easing.OutCubic
            }
            NumberAnimation {
                target: coming.target
                property: "y"
                from: Theme.slideDistance
                to: 0
                duration: Theme.longMs
                easing.type: Easing.OutCubic
            }
        }
    }

    Footer {
        id: foot

        z: 2

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        mirror: host.mirror
        opacity: host.dressed ? 1 : 0
        visible: opacity > 0
        enabled: host.dressed

        Behavior on opacity {
            enabled: !Theme.noMotion

            NumberAnimation {
                duration: Theme.mediumMs
                easing.type: Easing.OutCubic
            }
        }
    }
}
