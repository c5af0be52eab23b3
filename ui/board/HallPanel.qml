import QtQuick
import QtQuick.Layouts
import Hall

// The media zone at rest: which hall this is, and the time.
Panel {
    id: panel

    required property var view

    raised: true

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Style.space
        spacing: Style.tight

        Words {
            Layout.fillWidth: true
            Layout.preferredHeight: Math.min(implicitHeight, Style.lead * 3)
            text: panel.view.hall.first
            size: Style.lead * 1.1
            strong: true
            lineHeight: 1
            lineHeightMode: Text.ProportionalHeight
            fontSizeMode: Text.Fit
            minimumPixelSize: Style.small
        }
        Words {
            Layout.fillWidth: true
            visible: text.length > 0
            text: panel.view.hall.second
            size: Style.small * 0.95
            color: Style.muted
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
        BothWords {
            Layout.fillWidth: true
            visible: first.length > 0
            first: panel.view.area.first
            second: panel.view.area.second
            size: Style.body * 1.05
            smaller: 0.8
            ink: Style.actionText
            secondInk: Style.muted
            lines: 1
            inRow: true
        }
        Item {
            Layout.fillHeight: true
        }
        Numeral {
            Layout.fillWidth: true
            Layout.preferredHeight: size
            text: panel.view.clock
            size: Style.base * 2.5
        }
        Words {
            Layout.fillWidth: true
            text: panel.view.date.first
            color: Style.muted
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
        }
    }
}
