import QtQuick
import Hall

// The rating pad: one page at a time, and a line at the foot while the server is away.
Window {
    id: pad

    required property var view
    required property var touches
    readonly property string page: view.page
    readonly property real unit: Math.min(width / 800, height / 1280) * 30

    visible: true
    width: 800
    height: 1280
    title: qsTr("评价器")
    color: Style.ground

    Binding {
        target: Style
        property: "base"
        value: pad.unit
    }
    Binding {
        target: Style
        property: "language"
        value: pad.view.language
    }
    Item {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.bottom: foot.top

        RestingPage {
            anchors.fill: parent
            visible: pad.page === "resting"
            view: pad.view
        }
        FacesPage {
            anchors.fill: parent
            visible: pad.page === "asked"
            view: pad.view
            onTouched: level => pad.touches.face(level)
            onDeclined: pad.touches.decline()
        }
        ReasonsPage {
            anchors.fill: parent
            visible: pad.page === "reasons"
            view: pad.view
            onTouched: code => pad.touches.reason(code)
            onBack: pad.touches.back()
            onSubmitted: pad.touches.submit()
        }
        ToldPage {
            anchors.fill: parent
            visible: ["sending", "thanks", "declined", "refused"].includes(pad.page)
            view: pad.view
        }
    }
    Rectangle {
        id: foot
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        height: visible ? Style.base * 2.8 : 0
        visible: !pad.view.line.connected
        color: Style.wrongTint

        BothWords {
            objectName: "away"
            anchors.centerIn: parent
            width: parent.width - Style.space
            first: absence.first
            second: absence.second
            size: Style.small
            smaller: 0.85
            ink: Style.wrongText
            centred: true
            lines: 1
        }
        AwayWords {
            id: absence
            line: pad.view.line
        }
    }
}
