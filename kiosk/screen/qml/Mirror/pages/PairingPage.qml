pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Connects the mirror with its store by a code. Until a technician opens it, shoppers see a quiet page.
PageFrame {
    id: page

    readonly property ViewModels.Pairing pairing: scene.pairing
    readonly property bool closed: pairing.step === "closed"
    readonly property bool typing: pairing.step === "typing"

    spacing: Theme.unit * 26

    Title {
        objectName: "pairing-title"
        maxWidth: page.innerWidth
        text: page.closed ? qsTr("This mirror takes a short break") : qsTr("Connect this mirror")
    }
    BodyText {
        width: page.innerWidth
        visible: page.closed
        text: qsTr("Please ask one of us. It stays a mirror all the while.")
    }
    TextLink {
        objectName: "pairing-open"
        anchors.left: parent.left
        visible: page.closed
        //: Opens the page for technicians.
        text: qsTr("For our team")
        color: Theme.muted
        size: Theme.smallSize
        onTouched: page.mirror.pressPairingKey("open")
    }
    BodyText {
        objectName: "pairing-reason"
        width: page.innerWidth
        visible: !page.closed
        text: PairingTexts.reason(page.pairing.need)
    }
    BodyText {
        width: page.innerWidth
        visible: !page.closed
        color: Theme.muted
        text: PairingTexts.advice(page.pairing.room)
    }
    CodeField {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: !page.closed
        typed: page.pairing.typed
    }
    BodyText {
        objectName: "pairing-status"
        width: page.innerWidth
        visible: !page.closed
        horizontalAlignment: Text.AlignHCenter
        color: Theme.accent
        text: PairingTexts.status(page.pairing.step, page.pairing.problem, page.pairing.room)
    }
    Keypad {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: !page.closed
        enabled: page.typing
        opacity: page.typing ? 1 : 0.4
        onKeyTouched: key => page.mirror.pressPairingKey(key)
    }
    Flow {
        width: page.innerWidth
        visible: !page.closed
        spacing: Theme.unit * 40

        Repeater {
            model: page.pairing.languages

            TextLink {
                required property string modelData

                objectName: "speak-" + modelData
                text: SharedTexts.languageName(modelData)
                color: modelData === page.scene.language ? Theme.accent : Theme.muted
                size: Theme.smallSize
                underlined: false
                onTouched: page.mirror.chooseLanguage(modelData)
            }
        }
    }
    TextLink {
        objectName: "pairing-close"
        anchors.left: parent.left
        visible: page.typing && page.pairing.need !== "unpaired"
        //: Leaves the page for technicians. Short.
        text: qsTr("Close")
        color: Theme.muted
        size: Theme.smallSize
        onTouched: page.mirror.pressPairingKey("close")
    }
}
