pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T

// The button of every screen. `kind`: primary (one a screen), plain, danger (harm, once confirmed).
// `busy` says that the press was taken and its answer is awaited; a busy button takes no second press.
T.AbstractButton {
    id: button

    property string kind: "plain"
    property string detail: ""
    property string key: ""
    property bool busy: false
    property real size: Style.body
    readonly property bool filled: kind !== "plain"
    readonly property color fill: kind === "danger" ? (pressed ? Style.wrongPressed : Style.wrong)
        : kind === "primary" ? (pressed ? Style.actionPressed : Style.action)
        : pressed ? Style.actionTint : Style.ground
    readonly property color ink: !enabled && !busy ? Style.faint : filled ? Style.inverse : Style.actionText

    signal taken()

    implicitWidth: Math.max(Style.target, content.implicitWidth + Style.space * 2)
    implicitHeight: Math.max(Style.target, content.implicitHeight + Style.gap * 2)
    focusPolicy: Qt.StrongFocus
    onClicked: if (!busy) taken()
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()
    Accessible.role: Accessible.Button
    Accessible.name: detail ? text + " " + detail : text

    background: Rectangle {
        radius: Style.radius
        color: !button.enabled && !button.busy ? Style.panel : button.fill
        border.width: button.visualFocus ? Style.line * 1.5 : Style.hair
        border.color: button.visualFocus ? (button.filled ? Style.text : Style.action)
            : !button.enabled && !button.busy ? Style.edge : button.filled ? button.fill : Style.action
    }
    contentItem: Item {
        implicitWidth: content.implicitWidth
        implicitHeight: content.implicitHeight

        ColumnLayout {
            id: content
            anchors.centerIn: parent
            width: Math.min(implicitWidth, parent.width)
            spacing: Style.tight / 2

            RowLayout {
                Layout.alignment: Qt.AlignHCenter
                spacing: Style.gap

                Words {
                    Layout.fillWidth: true
                    text: button.busy ? button.text + " …" : button.text
                    size: button.size
                    strong: true
                    color: button.ink
                    horizontalAlignment: Text.AlignHCenter
                }
                KeyHint {
                    key: button.key
                    ink: button.ink
                }
            }
            Words {
                Layout.fillWidth: true
                visible: text.length > 0
                text: button.detail
                size: button.size * 0.75
                color: button.ink
                horizontalAlignment: Text.AlignHCenter
            }
        }
    }
}
