// Told ranges and what happened, by hour: a band and two marks.

import * as echarts from "/vendor/echarts-6.1.0.esm.min.js";
import { h, onBeforeUnmount, onMounted, ref, watch } from "./vue.js";

const ACTION = "#0b57a4";
const INK = "#14212e";
const QUIET = "#46535f";
const LINE = "#d5dde5";
const FONT = '"Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif';

export const WaitsChart = {
  props: { view: Object, hours: Array },
  setup(props) {
    const { state, t } = props.view;
    const box = ref(null);
    let chart = null;
    let observer = null;
    const draw = () => chart?.setOption(option(props.hours, t), true);
    onMounted(() => {
      chart = echarts.init(box.value, null, { renderer: "canvas" });
      observer = new ResizeObserver(() => chart.resize());
      observer.observe(box.value);
      draw();
    });
    onBeforeUnmount(() => {
      observer?.disconnect();
      chart?.dispose();
    });
    watch([() => props.hours, () => state.language], draw);
    return () =>
      h("figure", { class: "trend" }, [
        h("figcaption", t("waits.chart")),
        h("div", { ref: box, class: "plot tall", role: "img", "aria-label": t("waits.chartLabel") }),
      ]);
  },
};

const inMinutes = (seconds) => (seconds === null ? null : Math.round(seconds / 6) / 10);

function option(hours, t) {
  const label = { color: QUIET, fontFamily: FONT, fontSize: 12 };
  const low = hours.map((one) => inMinutes(one.low_s));
  const high = hours.map((one) => inMinutes(one.high_s));
  return {
    animation: false,
    grid: { left: 40, right: 12, top: 34, bottom: 26 },
    legend: {
      top: 0,
      left: 0,
      itemHeight: 10,
      textStyle: { ...label, fontSize: 13 },
      data: [t("waits.toldRange"), t("waits.waited"), t("waits.p90")],
      selectedMode: false,
    },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      formatter: ([{ dataIndex: at }]) =>
        [
          `${hours[at].hour}:00  ${t("waits.nOf", { n: hours[at].n })}`,
          `${t("waits.toldRange")} ${low[at] ?? "—"}–${high[at] ?? "—"}`,
          `${t("waits.waited")} ${inMinutes(hours[at].waited_s) ?? "—"}`,
          `${t("waits.p90")} ${inMinutes(hours[at].p90_s) ?? "—"}`,
        ].join("\n"),
    },
    xAxis: {
      type: "category",
      data: hours.map((one) => `${one.hour}:00`),
      axisLabel: label,
      axisLine: { lineStyle: { color: LINE } },
      axisTick: { show: false },
    },
    yAxis: {
      type: "value",
      min: 0,
      axisLabel: label,
      splitLine: { lineStyle: { color: LINE } },
    },
    series: [
      { type: "bar", stack: "told", silent: true, data: low, itemStyle: { color: "transparent" }, barMaxWidth: 40 },
      {
        name: t("waits.toldRange"),
        type: "bar",
        stack: "told",
        data: high.map((value, at) => (value === null ? null : value - low[at])),
        itemStyle: { color: ACTION, opacity: 0.28, borderRadius: 4 },
        barMaxWidth: 40,
      },
      mark(t("waits.waited"), hours.map((one) => inMinutes(one.waited_s)), "circle", ACTION),
      mark(t("waits.p90"), hours.map((one) => inMinutes(one.p90_s)), "triangle", INK),
    ],
  };
}

const mark = (name, data, symbol, color) => ({
  name,
  type: "line",
  data,
  symbol,
  symbolSize: 10,
  lineStyle: { color, width: symbol === "circle" ? 2 : 0 },
  itemStyle: { color },
});
